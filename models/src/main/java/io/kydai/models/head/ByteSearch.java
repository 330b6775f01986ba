package io.kydai.models.head;

import java.nio.ByteBuffer;

/** Searches a buffer for large unsigned bytes, eight at once. */
final class ByteSearch {
  private static final long EACH = 0x0101010101010101L;
  private static final long TOP = 0x8080808080808080L;

  private ByteSearch() {}

  /**
   * Returns the index of the next byte that is at least {@code least}.
   *
   * @param from the first index that is looked at
   * @param end the index behind the last
   * @param least 0 to 256; no byte is 256
   * @return {@code end} where there is none
   */
  static int next(ByteBuffer bytes, int from, int end, int least) {
    int at = from;
    while (at < end) {
      if (at + Long.BYTES <= end && !anyAtLeast(bytes.getLong(at), least)) {
        at += Long.BYTES;
      } else if ((bytes.get(at) & 0xff) >= least) {
        return at;
      } else {
        at++;
      }
    }
    return end;
  }

  /** Returns whether one of the eight unsigned bytes of a word is at least {@code least}. */
  private static boolean anyAtLeast(long word, int least) {
    if (least <= 0) {
      return true;
    }
    // Adding to the lower seven bits carries into the top bit exactly where they reach the limit.
    int limit = least <= 128 ? least : least - 128;
    long reached = (word & ~TOP) + (128 - limit) * EACH;
    return ((least <= 128 ? reached | word : reached & word) & TOP) != 0;
  }
}
