package io.kydai.ingest.rtp.nal;

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

  /** The number of bytes that are tested together. */
  private static final int BLOCK = 4 * Long.BYTES;

  private StartCodes() {}

  /**
   * Returns the index of the first complete start code between two indices; -1 when there is none.
   *
   * <p>Four times eight bytes are tested for a zero byte together, which is rare in encoded
   * pictures; only where there is one, the single bytes are compared.
   */
  static int find(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - BLOCK; at += BLOCK) {
      long zeros =
          zeros((long) WORDS.get(bytes, at))
              | zeros((long) WORDS.get(bytes, at + 8))
              | zeros((long) WORDS.get(bytes, at + 16))
              | zeros((long) WORDS.get(bytes, at + 24));
      if (zeros != 0) {
        int found = findBytewise(bytes, at, Math.min(to, at + BLOCK + LENGTH - 1));
        if (found >= 0) {
          return found;
        }
      }
    }
    return findBytewise(bytes, at, to);
  }

  /** Returns a word that is not 0 when one of the eight bytes is 0. */
  private static long zeros(long word) {
    return word - ONES & ~word & HIGHS;
  }

  private static int findBytewise(byte[] bytes, int from, int to) {
    // The last byte decides how far the search may go on: after one above 1 by three bytes.
    int at = from + LENGTH - 1;
    while (at < to) {
      int last = bytes[at] & 0xff;
      if (last > 1) {
        at += LENGTH;
      } else if (last == 1 && bytes[at - 1] == 0 && bytes[at - 2] == 0) {
        return at - 2;
      } else {
        at++;
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
