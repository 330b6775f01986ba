package io.kydai.console.audit;

import java.io.Serial;

/** A search in the audit is not valid; the message says what is expected. */
public final class InvalidAuditFilterException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String field;

  InvalidAuditFilterException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Returns the name of the wrong field. */
  public String field() {
    return field;
  }
}
