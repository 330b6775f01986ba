package io.kydai.console.node;

/** The node cannot start; the message says to a person what is wrong and what would be right. */
public class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
