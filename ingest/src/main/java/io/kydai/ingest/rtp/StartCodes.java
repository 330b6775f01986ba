package io.kydai.ingest.rtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the start codes {@code 00 00 01} of a byte stream (ITU-T H.264 and H.265, Annex B). RTP
 * payloads must not contain them (RFC 6184, section 5.6), and inside a NAL unit emulation
 * prevention breaks them up; some cameras send them in RTP payloads nevertheless.
 */
final class StartCodes {
  static final int LENGTH = 3;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private StartCodes() {}

  /**
   * Returns the index of the first complete start code between two indices; -1 when there is none.
   *
   * <p>Eight bytes at a time are tested for a zero byte, which is rare in encoded pictures.
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

  /** Returns the end of the data between two indices without the zero bytes at its end. */
  static int withoutTrailingZeros(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /** Returns the NAL units of a byte stream; the stream itself when it has no start code. */
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
