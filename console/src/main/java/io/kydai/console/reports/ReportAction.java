package io.kydai.console.reports;

/** What an operator may do with a report. */
public enum ReportAction {
  VERIFY,
  REJECT,
  ASSIGN,
  RESOLVE
}
