package io.kydai.console.users.factor;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * Base 32 of RFC 4648, section 6, without padding: the text in which authenticator apps take a
 * secret.
 */
final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  /** Returns the text of bytes, in capital letters, without {@code =}. */
  static String encode(byte[] bytes) {
    return encode(bytes, ALPHABET);
  }

  /** Returns the text of bytes in another alphabet of 32 characters. */
  static String encode(byte[] bytes, String alphabet) {
    StringBuilder text = new StringBuilder((bytes.length * 8 + BITS - 1) / BITS);
    int pending = 0;
    int bits = 0;
    for (byte next : bytes) {
      pending = pending << 8 | (next & 0xff);
      bits += 8;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(alphabet.charAt(pending >> bits & 31));
      }
      pending &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(alphabet.charAt(pending << (BITS - bits) & 31));
    }
    return text.toString();
  }

  /**
   * Returns the bytes of a text of either case, with or without padding. Bits beyond the last whole
   * byte are ignored.
   *
   * @throws IllegalArgumentException when a character is not of the alphabet
   */
  static byte[] decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() * BITS / 8);
    int pending = 0;
    int bits = 0;
    for (char next : text.toUpperCase(Locale.ROOT).replace("=", "").toCharArray()) {
      int value = ALPHABET.indexOf(next);
      if (value < 0) {
        throw new IllegalArgumentException("not base 32 of RFC 4648");
      }
      pending = pending << BITS | value;
      bits += BITS;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(pending >> bits);
        pending &= (1 << bits) - 1;
      }
    }
    return bytes.toByteArray();
  }
}
