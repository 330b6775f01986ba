package io.kydai.console.reports;

/** What an operator may do with a report, in the order in which it is offered. */
public enum ReportAction {
  VERIFY,
  ASSIGN,
  RESOLVE,
  REJECT
}
