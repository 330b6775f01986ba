package io.kydai.console;

/** A flag's value fits nothing; the message says which and what would be right. */
final class WrongFlagException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongFlagException(String message) {
    super(message);
  }
}
