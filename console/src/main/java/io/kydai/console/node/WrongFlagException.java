package io.kydai.console.node;

/** A flag's value fits nothing; the message says which and what would be right. */
public final class WrongFlagException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WrongFlagException(String message) {
    super(message);
  }
}
