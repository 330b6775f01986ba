package io.kydai.console.node;

/** The exception for a node that cannot start; its message is for the user, with a remedy. */
public class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
