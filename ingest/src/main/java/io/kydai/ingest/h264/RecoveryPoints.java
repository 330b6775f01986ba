package io.kydai.ingest.h264;

/**
 * Looks for the message {@code recovery_point} among supplemental enhancement information: decoding
 * may begin at its picture, and pictures are right some pictures later (ITU-T H.264, section D.2.8;
 * H.265, section D.3.8, which has the same number).
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
   * Whether such a message is among those of a NAL unit; messages that end early are none.
   *
   * @param from where the first message begins, behind the NAL unit's header
   */
  public static boolean isAmong(byte[] bytes, int from, int end) {
    return new RecoveryPoints(bytes, from, end).find();
  }

  private boolean find() {
    // One byte stands for the bits that end the NAL unit.
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

  /** A type or a size (section 7.3.2.3.1): each 255 says that more follows; -1 at the end. */
  private int number() {
    int number = 0;
    int next = next();
    while (next == 0xff) {
      number += next;
      next = next();
    }
    return next < 0 ? -1 : number + next;
  }

  /** The next byte, without those that prevent start codes; -1 at the end. */
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
