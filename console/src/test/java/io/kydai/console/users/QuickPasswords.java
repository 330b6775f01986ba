package io.kydai.console.users;

/** Passwords of tests, which nobody is to be kept from guessing. */
public final class QuickPasswords {
  /** The least that RFC 9106 allows: a hash takes no time beside a test. */
  public static final PasswordCost COST = new PasswordCost(8, 1, 1);

  private QuickPasswords() {}
}
