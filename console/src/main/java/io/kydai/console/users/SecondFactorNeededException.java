package io.kydai.console.users;

/** Name and password are right, and the account's second factor is asked for. */
public final class SecondFactorNeededException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SecondFactorNeededException() {
    super("A code of the second factor is needed.", null, false, false);
  }
}
