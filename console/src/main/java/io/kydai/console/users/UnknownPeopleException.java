package io.kydai.console.users;

/** There is no account, session, token or area with an id. */
public final class UnknownPeopleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownPeopleException(String kind, String id) {
    super("There is no " + kind + " " + id + ".", null, false, false);
  }
}
