package io.kydai.console.wall;

/** No further layout is stored. */
public final class TooManyLayoutsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooManyLayoutsException(String message) {
    super(message);
  }
}
