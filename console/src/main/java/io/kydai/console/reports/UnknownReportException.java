package io.kydai.console.reports;

/** There is no report of that id. */
public class UnknownReportException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownReportException(ReportId id) {
    super("there is no report '" + id + "'");
  }
}
