package io.kydai.console.reports;

import static java.util.Locale.ROOT;

/** Where a report is in its life cycle, of which {@code Transitions} is the table. */
public enum ReportState {
  RECEIVED,
  /** One person found the alert true, and another one has to agree. */
  SECOND_REVIEW,
  VERIFIED,
  REJECTED,
  ASSIGNED,
  IN_PROGRESS,
  RESOLVED,
  RETURNED,
  CLOSED,
  /**
   * A fault of the camera itself, which is a maintenance item and no report that somebody decides
   * on: no step leads here or away.
   */
  MAINTENANCE;

  /** As interfaces write it, such as {@code in-progress}. */
  public String text() {
    return name().toLowerCase(ROOT).replace('_', '-');
  }
}
