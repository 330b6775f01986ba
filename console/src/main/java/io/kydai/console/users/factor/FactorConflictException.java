package io.kydai.console.users.factor;

/** What is asked for does not go with the factors that the account has. The message says why. */
public final class FactorConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FactorConflictException(String message) {
    super(message, null, false, false);
  }
}
