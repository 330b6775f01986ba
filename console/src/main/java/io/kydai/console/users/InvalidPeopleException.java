package io.kydai.console.users;

/** A value of an account, grant, token or area that cannot be taken; the message says what can. */
public final class InvalidPeopleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String field;

  InvalidPeopleException(String field, String expected) {
    super("Expected: " + expected + ".", null, false, false);
    this.field = field;
  }

  /** Returns the name of the field in JSON. */
  public String field() {
    return field;
  }
}
