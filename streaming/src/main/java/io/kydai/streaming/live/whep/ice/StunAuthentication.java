package io.kydai.streaming.live.whep.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What closes a message of STUN: MESSAGE-INTEGRITY and FINGERPRINT (RFC 8489, sections 14.5, 14.7).
 */
final class StunAuthentication {
  static final int COOKIE = 0x2112_a442;
  static final int REQUEST = 0x0001;
  static final int SUCCESS = 0x0101;
  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int FINGERPRINT = 0x8028;
  static final int HMAC_BYTES = 20;

  /** Of both attributes. */
  static final int BYTES = 4 + HMAC_BYTES + 8;

  private static final int HEADER = 20;
  private static final int FINGERPRINT_XOR = 0x5354_554e;

  private StunAuthentication() {}

  static byte[] hmac(String password, byte[] covered) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return mac.doFinal(covered);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  static int fingerprint(byte[] message, int length) {
    CRC32 sum = new CRC32();
    sum.update(message, 0, length);
    return (int) sum.getValue() ^ FINGERPRINT_XOR;
  }

  /** Writes both behind what is there, to the end of the buffer, and the message's length. */
  static void sign(ByteBuffer message, String password) {
    int size = message.position() + BYTES;
    message.putShort(2, (short) (size - HEADER - 8));
    byte[] mac = hmac(password, Arrays.copyOf(message.array(), message.position()));
    message.putShort((short) MESSAGE_INTEGRITY).putShort((short) HMAC_BYTES).put(mac);
    message.putShort(2, (short) (size - HEADER));
    int sum = fingerprint(message.array(), message.position());
    message.putShort((short) FINGERPRINT).putShort((short) 4).putInt(sum);
  }

  /** Whether the first MESSAGE-INTEGRITY of a message was made with a password. */
  static boolean isSigned(byte[] message, String password) {
    ByteBuffer in = ByteBuffer.wrap(message);
    int at = HEADER;
    for (int i = 0; i < BindingRequest.MAX_ATTRIBUTES && at + 4 <= message.length; i++) {
      int type = in.getShort(at) & 0xffff;
      int length = in.getShort(at + 2) & 0xffff;
      if (length > message.length - at - 4) {
        return false;
      }
      if (type == MESSAGE_INTEGRITY) {
        return length == HMAC_BYTES && isHmac(message, at, password);
      }
      at += 4 + (length + 3 & ~3);
    }
    return false;
  }

  /**
   * Whether the integrity at a place is right.
   *
   * @param at of the attribute, which the message holds whole
   */
  static boolean isHmac(byte[] message, int at, String password) {
    byte[] covered = Arrays.copyOf(message, at);
    // The length counts up to the integrity and no further (RFC 8489, section 14.5).
    ByteBuffer.wrap(covered).putShort(2, (short) (at - HEADER + 4 + HMAC_BYTES));
    byte[] given = Arrays.copyOfRange(message, at + 4, at + 4 + HMAC_BYTES);
    return MessageDigest.isEqual(hmac(password, covered), given);
  }
}
