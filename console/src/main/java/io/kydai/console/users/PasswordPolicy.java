package io.kydai.console.users;

import io.kydai.console.users.factor.CommonPasswords;

/**
 * What a password must be (NIST SP 800-63B, section 5.1.1.2): long enough, without the name of its
 * account, and none that is known to be common. Nothing is asked of the kinds of its characters.
 */
public final class PasswordPolicy {
  public static final int SHORTEST = 12;
  public static final int LONGEST = 200;
  private static final int DIFFERENT = 5;
  private static final String PRODUCT = "kydai";

  private PasswordPolicy() {}

  /**
   * @param accountName the name of the account that gets it
   * @throws InvalidPeopleException when the password is not good enough
   */
  public static void check(String password, String accountName) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      throw new InvalidPeopleException("password", SHORTEST + " to " + LONGEST + " characters");
    }
    if (password.codePoints().distinct().count() < DIFFERENT) {
      throw new InvalidPeopleException("password", DIFFERENT + " different characters at least");
    }
    if (CommonPasswords.contains(password)) {
      throw new InvalidPeopleException("password", "none that is known to be common");
    }
    if (CommonPasswords.hasName(password, accountName, PRODUCT)) {
      throw new InvalidPeopleException(
          "password", "without the account's name and without '" + PRODUCT + "'");
    }
  }
}
