package io.kydai.console.reports;

import io.kydai.console.store.Ulids;

/**
 * Names a report. Ids sort, as texts, by the time at which the reports came in.
 *
 * @param value a ULID in capital letters: 26 characters, safe in a path
 */
public record ReportId(String value) {
  /**
   * @throws IllegalArgumentException when the value is no such ULID
   */
  public ReportId {
    if (!valid(value)) {
      throw new IllegalArgumentException("a report's id is a ULID in capital letters");
    }
  }

  /**
   * @throws IllegalArgumentException when the text is no report's id
   */
  public static ReportId of(String text) {
    return new ReportId(text);
  }

  /** Returns whether a text is a report's id. */
  public static boolean valid(String text) {
    return Ulids.valid(text);
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return value;
  }
}
