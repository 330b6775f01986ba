package io.kydai.streaming.live.whep.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that are derived from a master key (RFC 3711, section 4.3), with a derivation rate of 0:
 * once for a session.
 *
 * @param encryption for AES
 * @param authentication for HMAC-SHA1, 20 bytes
 * @param salt of the profile's size
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares keys.
record SessionKeys(byte[] encryption, byte[] authentication, byte[] salt) {
  /** The first of the three labels of SRTP; those of SRTCP begin at {@link #CONTROL}. */
  static final int MEDIA = 0;

  static final int CONTROL = 3;

  private static final int AUTHENTICATION_BYTES = 20;
  private static final int BLOCK = 16;
  private static final int LABEL_AT = 7;

  static SessionKeys derive(ProtectionProfile profile, byte[] key, byte[] salt, int labels) {
    return new SessionKeys(
        derive(key, salt, labels, profile.keyBytes()),
        derive(key, salt, labels + 1, AUTHENTICATION_BYTES),
        derive(key, salt, labels + 2, profile.saltBytes()));
  }

  /** AES in counter mode over zeros (section 4.3.3); a short salt is padded (RFC 7714, 11). */
  private static byte[] derive(byte[] key, byte[] salt, int label, int size) {
    byte[] counter = Arrays.copyOf(salt, BLOCK);
    counter[LABEL_AT] ^= (byte) label;
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
      return cipher.doFinal(new byte[size]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }

  /** Hides the keys. */
  @Override
  public String toString() {
    return "SessionKeys";
  }
}
