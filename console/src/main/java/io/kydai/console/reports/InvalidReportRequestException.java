package io.kydai.console.reports;

/** What somebody asks of the queue is malformed: a reason, an agency, a limit, a cursor. */
public class InvalidReportRequestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String field;

  /**
   * @param field which one, such as {@code reason} or {@code cursor}
   * @param message what is wrong, and what would be right
   */
  public InvalidReportRequestException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Which one. */
  public String field() {
    return field;
  }
}
