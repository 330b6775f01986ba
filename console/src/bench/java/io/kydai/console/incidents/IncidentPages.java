package io.kydai.console.incidents;

import io.kydai.console.reports.ReportId;

/** Cursors as the product makes them, of incidents that bare statements found. */
public final class IncidentPages {
  private static final int UNKNOWN_RANK = 1000;

  private IncidentPages() {}

  /** Returns the cursor after an incident of normal priority, of which no machine said anything. */
  public static String cursor(String id) {
    return new IncidentCursor(Priority.NORMAL, UNKNOWN_RANK, ReportId.of(id)).text();
  }
}
