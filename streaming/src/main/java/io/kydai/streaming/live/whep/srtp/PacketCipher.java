package io.kydai.streaming.live.whep.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Protects packets of one direction and kind, in place. One thread at a time.
 *
 * <p>A packet is never protected twice under one index, which would give its key away: who sends
 * one again keeps the protected bytes.
 */
final class PacketCipher {
  private static final int BLOCK = 16;
  private static final int GCM_TAG_BYTES = 16;
  private static final int HMAC_TAG_BYTES = 10;

  private final boolean gcm;
  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] salt;
  private final Mac mac;

  PacketCipher(ProtectionProfile profile, SessionKeys keys) {
    gcm = profile == ProtectionProfile.AEAD_AES_128_GCM;
    key = new SecretKeySpec(keys.encryption(), "AES");
    salt = keys.salt();
    try {
      cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "AES/CTR/NoPadding");
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(keys.authentication(), "HmacSHA1"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES and HmacSHA1", e);
    }
  }

  /** By how many bytes what is protected is longer, without the index of SRTCP. */
  int tagBytes() {
    return gcm ? GCM_TAG_BYTES : HMAC_TAG_BYTES;
  }

  /** Where the index of a packet of SRTCP stands: behind the tag, or before it. */
  int trailerAt(int size, int trailer) {
    return gcm ? size - trailer : size - HMAC_TAG_BYTES - trailer;
  }

  /**
   * Protects a packet in place.
   *
   * @param packet with room behind its end for the tag and for {@code trailer}
   * @param clear bytes at the start that stay readable
   * @param size of the packet
   * @param index 48 bits of SRTP, 31 bits of SRTCP
   * @param trailer the index as SRTCP sends it; empty in SRTP
   * @return the size of what is protected
   */
  int protect(byte[] packet, int clear, int size, int ssrc, long index, byte[] trailer) {
    try {
      if (gcm) {
        cipher.init(Cipher.ENCRYPT_MODE, key, gcmIv(ssrc, index, trailer.length > 0));
        cipher.updateAAD(packet, 0, clear);
        cipher.updateAAD(trailer);
        int written = cipher.doFinal(packet, clear, size - clear, packet, clear);
        System.arraycopy(trailer, 0, packet, clear + written, trailer.length);
        return clear + written + trailer.length;
      }
      counter(packet, clear, size, ssrc, index);
      System.arraycopy(trailer, 0, packet, size, trailer.length);
      int covered = size + trailer.length;
      byte[] tag = hmac(packet, covered, index, trailer.length > 0);
      System.arraycopy(tag, 0, packet, covered, HMAC_TAG_BYTES);
      return covered + HMAC_TAG_BYTES;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a packet cannot be protected", e);
    }
  }

  /**
   * Reads a packet of SRTCP in place.
   *
   * @param size of what is protected, at least {@code clear}, the tag and the index
   * @param trailer the index as it was sent
   * @return the size of the packet; -1 where it is not authentic
   */
  int open(byte[] packet, int clear, int size, int ssrc, long index, byte[] trailer) {
    try {
      if (gcm) {
        cipher.init(Cipher.DECRYPT_MODE, key, gcmIv(ssrc, index, true));
        cipher.updateAAD(packet, 0, clear);
        cipher.updateAAD(trailer);
        return clear + cipher.doFinal(packet, clear, size - trailer.length - clear, packet, clear);
      }
      int covered = size - HMAC_TAG_BYTES;
      byte[] given = Arrays.copyOfRange(packet, covered, size);
      byte[] made = Arrays.copyOf(hmac(packet, covered, index, true), HMAC_TAG_BYTES);
      if (!MessageDigest.isEqual(made, given)) {
        return -1;
      }
      int end = covered - trailer.length;
      if ((trailer[0] & 0x80) != 0) {
        counter(packet, clear, end, ssrc, index);
      }
      return end;
    } catch (AEADBadTagException e) {
      return -1;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a packet cannot be read", e);
    }
  }

  /** RFC 3711, section 4.1.1. */
  private void counter(byte[] packet, int from, int to, int ssrc, long index)
      throws GeneralSecurityException {
    ByteBuffer iv = ByteBuffer.allocate(BLOCK);
    iv.putInt(4, ssrc).putShort(8, (short) (index >>> 32)).putInt(10, (int) index);
    byte[] bytes = iv.array();
    for (int i = 0; i < salt.length; i++) {
      bytes[i] ^= salt[i];
    }
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(bytes));
    cipher.doFinal(packet, from, to - from, packet, from);
  }

  /** RFC 7714, sections 8.1 and 9.1. */
  private GCMParameterSpec gcmIv(int ssrc, long index, boolean control) {
    ByteBuffer iv = ByteBuffer.allocate(12);
    iv.putInt(2, ssrc);
    if (control) {
      iv.putInt(8, (int) index);
    } else {
      iv.putShort(6, (short) (index >>> 32)).putInt(8, (int) index);
    }
    byte[] bytes = iv.array();
    for (int i = 0; i < salt.length; i++) {
      bytes[i] ^= salt[i];
    }
    return new GCMParameterSpec(8 * GCM_TAG_BYTES, bytes);
  }

  /** Over the packet and, in SRTP, the count of roll-overs (RFC 3711, section 4.2). */
  private byte[] hmac(byte[] packet, int size, long index, boolean control) {
    mac.update(packet, 0, size);
    if (!control) {
      mac.update(ByteBuffer.allocate(4).putInt(0, (int) (index >>> 16)));
    }
    return mac.doFinal();
  }
}
