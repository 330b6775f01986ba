package io.kydai.models.document;

/** The exception for a document that is not valid YAML or JSON, or exceeds a bound. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  /**
   * Creates the exception.
   *
   * @param line the line number, from 1; 0 where it is not known
   * @param message what is wrong; it must not quote the document, which may hold a secret
   */
  public MalformedException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Returns this as a problem of the whole document, with the line number. */
  public ConfigProblem problem() {
    return new ConfigProblem("", "", line, String.valueOf(getMessage()));
  }

  /** Returns the line number, from 1; 0 where it is not known. */
  public int line() {
    return line;
  }
}
