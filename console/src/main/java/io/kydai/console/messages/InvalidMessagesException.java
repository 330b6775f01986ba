package io.kydai.console.messages;

/** A value of a person's messages cannot be taken. */
public final class InvalidMessagesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field which key
   * @param message what would be right
   */
  InvalidMessagesException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Returns which key. */
  public String field() {
    return field;
  }
}
