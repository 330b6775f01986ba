package io.kydai.console.reports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/** The place in the list after a report, as callers hold it: opaque, and checked when it comes. */
public final class Cursor {
  private static final String VERSION = "1:";
  private static final int MAX_LENGTH = 64;

  private Cursor() {}

  static String after(Report last) {
    return after(last.id());
  }

  /** Returns the place in the list after a report. */
  public static String after(ReportId last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((VERSION + last).getBytes(US_ASCII));
  }

  /**
   * Returns the id of the last report that was shown.
   *
   * @throws InvalidReportRequestException when the text is no cursor
   */
  public static ReportId id(String cursor) {
    if (cursor.length() <= MAX_LENGTH) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(cursor), US_ASCII);
        if (text.startsWith(VERSION) && ReportId.valid(text.substring(VERSION.length()))) {
          return ReportId.of(text.substring(VERSION.length()));
        }
      } catch (IllegalArgumentException e) {
        throw wrong();
      }
    }
    throw wrong();
  }

  private static InvalidReportRequestException wrong() {
    return new InvalidReportRequestException(
        "cursor", "'next' of the page before is expected, as it was given");
  }
}
