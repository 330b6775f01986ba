package io.kydai.console.incidents;

import io.kydai.console.reports.ReportState;

/** A tab of the review desk. An incident is on the first one that a report of it belongs to. */
public enum Tab {
  /** The desk has to decide. */
  TO_CHECK("to_check"),
  /** An agency has to act. */
  WITH_AGENCY("with_agency"),
  /** Nobody has to do anything. */
  DONE("done");

  private final String column;

  Tab(String column) {
    this.column = column;
  }

  /** Returns the tab of a report in a state. */
  static Tab of(ReportState state) {
    return switch (state) {
      case RECEIVED, SECOND_REVIEW, VERIFIED, RETURNED -> TO_CHECK;
      case ASSIGNED, IN_PROGRESS -> WITH_AGENCY;
      case REJECTED, RESOLVED, CLOSED, MAINTENANCE -> DONE;
    };
  }

  /** Returns the column of the table {@code incident} with the number of such reports. */
  String column() {
    return column;
  }

  int number() {
    return ordinal() + 1;
  }

  static Tab numbered(int number) {
    return values()[number - 1];
  }
}
