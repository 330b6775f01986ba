package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The quantisation tables of a JPEG picture, one or two: that of light, and that of colour. More
 * may be sent, but RTP's types refer to the first two only (RFC 2435, section 4.1).
 *
 * @param tables the entries of each in zigzag order: 64 bytes or, where some need it, 64 numbers of
 *     16 bits
 */
record JpegTables(List<byte[]> tables) {
  /** Entries of a table. */
  static final int ENTRIES = 64;

  private static final int MOST = 2;

  JpegTables {
    tables = List.copyOf(tables);
  }

  /** Two tables of 64 bytes behind one another. */
  static JpegTables of(byte[] light, byte[] colour) {
    return new JpegTables(List.of(light, colour));
  }

  /**
   * Reads a quantisation table header's data (RFC 2435, section 3.1.8). What is left over behind
   * whole tables is passed over.
   *
   * @param precision a bit for each table, the lowest for the first: whether its entries have 16
   *     bits
   * @return without tables where not even one is whole
   */
  static JpegTables read(ByteBuf payload, int from, int length, int precision) {
    List<byte[]> read = new ArrayList<>();
    int at = from;
    int end = from + length;
    for (int bits = precision; read.size() < MOST; bits >>= 1) {
      boolean wide = (bits & 1) == 1;
      int size = wide ? 2 * ENTRIES : ENTRIES;
      if (size > end - at) {
        break;
      }
      byte[] table = new byte[size];
      payload.getBytes(at, table);
      read.add(wide ? narrowed(table) : table);
      at += size;
    }
    return new JpegTables(read);
  }

  /**
   * In bytes, if all entries fit: that is what decoders of 8-bit pictures expect (T.81, B.2.4.1).
   */
  private static byte[] narrowed(byte[] wide) {
    byte[] narrow = new byte[ENTRIES];
    for (int i = 0; i < ENTRIES; i++) {
      if (wide[2 * i] != 0) {
        return wide;
      }
      narrow[i] = wide[2 * i + 1];
    }
    return narrow;
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }
}
