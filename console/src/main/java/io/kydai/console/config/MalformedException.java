package io.kydai.console.config;

/** A document is no YAML or no JSON, or is beyond the bounds. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  MalformedException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** From 1; 0 where it is not known. */
  int line() {
    return line;
  }
}
