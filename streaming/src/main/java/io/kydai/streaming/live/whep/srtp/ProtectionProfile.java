package io.kydai.streaming.live.whep.srtp;

import java.util.Arrays;
import java.util.Optional;

/** What two peers protect packets with, as DTLS negotiates it (RFC 5764, RFC 7714). */
public enum ProtectionProfile {
  /** AES-128 in Galois/Counter mode (RFC 7714, section 14.2): the cheaper one, taken first. */
  AEAD_AES_128_GCM(0x0007, 16, 12, 16),

  /** AES-128 in counter mode, HMAC-SHA1 (RFC 5764, section 4.1.2), which every browser has. */
  AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10);

  private final int number;
  private final int keyBytes;
  private final int saltBytes;
  private final int tagBytes;

  ProtectionProfile(int number, int keyBytes, int saltBytes, int tagBytes) {
    this.number = number;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
    this.tagBytes = tagBytes;
  }

  /** Returns the profile of IANA's number; empty where it is none of these. */
  public static Optional<ProtectionProfile> of(int number) {
    return Arrays.stream(values()).filter(one -> one.number == number).findFirst();
  }

  public int number() {
    return number;
  }

  /** Returns the size of a master key, in bytes. */
  public int keyBytes() {
    return keyBytes;
  }

  /** Returns the size of a master salt, in bytes. */
  public int saltBytes() {
    return saltBytes;
  }

  /** Returns by how much a packet of RTP grows, in bytes. */
  public int tagBytes() {
    return tagBytes;
  }
}
