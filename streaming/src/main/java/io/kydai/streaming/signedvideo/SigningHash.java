package io.kydai.streaming.signedvideo;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A digest of the SHA-2 family (RFC 6234), by which NAL units and documents are hashed. */
enum SigningHash {
  SHA256("SHA-256", 32, 1),
  SHA384("SHA-384", 48, 2),
  SHA512("SHA-512", 64, 3);

  /** 2.16.840.1.101.3.4.2 in DER (X.690, section 8.19), to which the last number is added. */
  private static final byte[] ARC = {
    0x06, 0x09, 0x60, (byte) 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02
  };

  private final String digestName;
  private final int bytes;
  private final int last;

  SigningHash(String digestName, int bytes, int last) {
    this.digestName = digestName;
    this.bytes = bytes;
    this.last = last;
  }

  /** Returns the digest of an object identifier in DER; null for one that is not known. */
  static @Nullable SigningHash of(byte[] oid) {
    for (SigningHash hash : values()) {
      byte[] own = Arrays.copyOf(ARC, ARC.length + 1);
      own[ARC.length] = (byte) hash.last;
      if (Arrays.equals(own, oid)) {
        return hash;
      }
    }
    return null;
  }

  /** Returns the digest whose values have a length; null for none. */
  static @Nullable SigningHash ofBytes(int length) {
    for (SigningHash hash : values()) {
      if (hash.bytes == length) {
        return hash;
      }
    }
    return null;
  }

  String digestName() {
    return digestName;
  }

  String signatureName() {
    return name();
  }

  int bytes() {
    return bytes;
  }

  /** Returns the digest of pieces that stand one behind another. */
  byte[] of(Iterable<byte[]> pieces) {
    try {
      MessageDigest digest = MessageDigest.getInstance(digestName);
      pieces.forEach(digest::update);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + digestName, e);
    }
  }
}
