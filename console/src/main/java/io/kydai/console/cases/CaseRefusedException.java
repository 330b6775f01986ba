package io.kydai.console.cases;

/** A case, or a link to one, is refused because a bound is reached; the message says which. */
public final class CaseRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CaseRefusedException(String message) {
    super(message);
  }
}
