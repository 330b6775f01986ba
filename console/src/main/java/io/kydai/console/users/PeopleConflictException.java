package io.kydai.console.users;

/**
 * A change of people that cannot be made because of what is there already: a name is taken, or the
 * entry was changed since it was read. The message says which.
 */
public final class PeopleConflictException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PeopleConflictException(String message) {
    super(message, null, false, false);
  }
}
