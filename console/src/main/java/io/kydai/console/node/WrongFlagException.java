package io.kydai.console.node;

/** The exception for a wrong command-line option; its message names it and what is expected. */
public final class WrongFlagException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WrongFlagException(String message) {
    super(message);
  }
}
