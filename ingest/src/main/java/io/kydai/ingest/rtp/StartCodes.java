package io.kydai.ingest.rtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the start codes of a byte stream (ITU-T H.264 and H.265, Annex B), {@code 00 00 01}. They
 * have no place in RTP payloads (RFC 6184, section 5.6), nor inside a NAL unit, where emulation
 * prevention breaks them up; some cameras send them all the same.
 */
final class StartCodes {
  static final int LENGTH = 3;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private StartCodes() {}

  /**
   * The first start code that lies whole between two places; -1 where there is none.
   *
   * <p>Eight bytes at a time are tested for a zero among them, which encoded pictures seldom have.
   */
  static int find(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      if ((word - ONES & ~word & HIGHS) != 0) {
        int found = findBytewise(bytes, at, Math.min(to, at + Long.BYTES + LENGTH - 1));
        if (found >= 0) {
          return found;
        }
      }
    }
    return findBytewise(bytes, at, to);
  }

  private static int findBytewise(byte[] bytes, int from, int to) {
    for (int at = from; at + LENGTH <= to; at++) {
      if (bytes[at] == 0 && bytes[at + 1] == 0 && bytes[at + 2] == 1) {
        return at;
      }
    }
    return -1;
  }

  /** Where the data before a place ends that zero bytes may fill up. */
  static int withoutTrailingZeros(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /** The NAL units of a byte stream; the stream itself, where it holds no start code. */
  static List<byte[]> split(byte[] stream) {
    int code = find(stream, 0, stream.length);
    if (code < 0) {
      return List.of(stream);
    }
    List<byte[]> units = new ArrayList<>();
    int from = 0;
    int to = code;
    while (from < stream.length) {
      int end = withoutTrailingZeros(stream, from, to);
      if (end > from) {
        units.add(Arrays.copyOfRange(stream, from, end));
      }
      from = Math.min(stream.length, to + LENGTH);
      code = find(stream, from, stream.length);
      to = code < 0 ? stream.length : code;
    }
    return units;
  }
}
