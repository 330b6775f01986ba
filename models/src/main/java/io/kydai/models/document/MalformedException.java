package io.kydai.models.document;

/** A document is no YAML or no JSON, or is beyond the bounds. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  /**
   * @param line from 1; 0 where it is not known
   * @param message what is wrong, without the text itself, which may hold a secret
   */
  public MalformedException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** The problem of the whole document, at its line. */
  public ConfigProblem problem() {
    return new ConfigProblem("", "", line, String.valueOf(getMessage()));
  }

  /** The line, from 1; 0 where it is not known. */
  public int line() {
    return line;
  }
}
