package io.kydai.console.reports;

/** Where a report is on its way over the desk. */
public enum ReportState {
  RECEIVED,
  VERIFIED,
  REJECTED,
  ASSIGNED,
  IN_PROGRESS,
  RESOLVED,
  RETURNED,
  CLOSED
}
