package io.kydai.console.messages.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a message for one browser (RFC 8291) in one record of the content coding aes128gcm (RFC
 * 8188).
 */
final class PushEncryption {
  /** The longest text: a push service need not take more than 4096 bytes (RFC 8030, 7.2). */
  static final int MAX_TEXT = 3_900;

  private static final int SALT = 16;
  private static final int RECORD = 4_096;
  private static final int TAG_BITS = 128;
  private static final byte LAST_RECORD = 2;

  private PushEncryption() {}

  /**
   * Returns the body of the request.
   *
   * @param browser the browser's public key
   * @param secret the browser's authentication secret
   */
  static byte[] encrypt(byte[] text, byte[] browser, byte[] secret, SecureRandom random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    return encrypt(text, browser, secret, P256.generate(), salt);
  }

  static byte[] encrypt(byte[] text, byte[] browser, byte[] secret, KeyPair sender, byte[] salt) {
    if (text.length > MAX_TEXT) {
      throw new IllegalArgumentException("at most " + MAX_TEXT + " bytes are expected");
    }
    byte[] own = P256.bytes((ECPublicKey) sender.getPublic());
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(sender.getPrivate());
      agreement.doPhase(P256.publicKey(browser), true);
      byte[] input =
          expand(
              hmac(secret, agreement.generateSecret()),
              joined("WebPush: info\0".getBytes(US_ASCII), browser, own),
              32);
      byte[] key = hmac(salt, input);
      byte[] contentKey = expand(key, "Content-Encoding: aes128gcm\0".getBytes(US_ASCII), 16);
      byte[] nonce = expand(key, "Content-Encoding: nonce\0".getBytes(US_ASCII), 12);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(contentKey, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = cipher.doFinal(joined(text, new byte[] {LAST_RECORD}));
      return ByteBuffer.allocate(SALT + Integer.BYTES + 1 + own.length + sealed.length)
          .put(salt)
          .putInt(RECORD)
          .put((byte) own.length)
          .put(own)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has ECDH and AES-GCM", e);
    }
  }

  /** HKDF-Extract (RFC 5869, section 2.2), and the pseudorandom function of the other step. */
  private static byte[] hmac(byte[] key, byte[] input) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(input);
  }

  /** HKDF-Expand (RFC 5869, section 2.3) of one block. */
  private static byte[] expand(byte[] key, byte[] info, int length)
      throws GeneralSecurityException {
    return Arrays.copyOf(hmac(key, joined(info, new byte[] {1})), length);
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(one -> one.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
