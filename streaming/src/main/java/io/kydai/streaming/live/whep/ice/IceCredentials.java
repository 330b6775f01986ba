package io.kydai.streaming.live.whep.ice;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;

/**
 * The name and password by which an agent's checks are told from others (RFC 8445, section 5.3).
 *
 * @param name {@code ice-ufrag}, 4 to 256 characters
 * @param password {@code ice-pwd}, 22 to 256 characters; no log has it
 */
public record IceCredentials(String name, String password) {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int NAME_LENGTH = 12;
  private static final int PASSWORD_LENGTH = 32;

  public IceCredentials {
    requireNonNull(name);
    requireNonNull(password);
  }

  /** Makes credentials of 72 and 192 random bits. */
  public static IceCredentials random(SecureRandom random) {
    return new IceCredentials(text(random, NAME_LENGTH), text(random, PASSWORD_LENGTH));
  }

  private static String text(SecureRandom random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** Hides the password. */
  @Override
  public String toString() {
    return "IceCredentials[" + name + "]";
  }
}
