package io.kydai.models.document;

/** A document is no YAML or no JSON, or is beyond the bounds. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  public MalformedException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** From 1; 0 where it is not known. */
  public int line() {
    return line;
  }
}
