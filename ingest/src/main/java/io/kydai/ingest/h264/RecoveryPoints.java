package io.kydai.ingest.h264;

/**
 * Finds {@code recovery_point} messages in supplemental enhancement information (SEI). Decoding may
 * begin at the picture of such a message, and pictures are correct some pictures later (ITU-T
 * H.264, section D.2.8; ITU-T H.265, section D.3.8; the payload type is the same).
 */
public final class RecoveryPoints {
  private static final int RECOVERY_POINT = 6;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int zeros;

  private RecoveryPoints(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * Returns whether an SEI NAL unit contains such a message. An incomplete message does not count.
   *
   * @param bytes an array that contains the NAL unit
   * @param from the index of the first message, after the NAL unit's header
   * @param end the index after the NAL unit's last byte
   */
  public static boolean isAmong(byte[] bytes, int from, int end) {
    return new RecoveryPoints(bytes, from, end).find();
  }

  private boolean find() {
    // The last byte holds the trailing bits of the NAL unit.
    while (end - at > 2) {
      int type = number();
      int size = number();
      if (type < 0 || size < 0) {
        return false;
      }
      if (type == RECOVERY_POINT) {
        return size > 0 && at < end;
      }
      for (int i = 0; i < size && at < end; i++) {
        next();
      }
    }
    return false;
  }

  /**
   * Reads a payload type or size (ITU-T H.264, section 7.3.2.3.1), to which each byte of 255 adds
   * and another byte follows; returns -1 at the end.
   */
  private int number() {
    int number = 0;
    int next = next();
    while (next == 0xff) {
      number += next;
      next = next();
    }
    return next < 0 ? -1 : number + next;
  }

  /** Returns the next byte, skipping emulation prevention bytes; -1 at the end. */
  private int next() {
    if (zeros == 2 && at < end && bytes[at] == 3) {
      zeros = 0;
      at++;
    }
    if (at >= end) {
      return -1;
    }
    zeros = bytes[at] == 0 ? zeros + 1 : 0;
    return bytes[at++] & 0xff;
  }
}
