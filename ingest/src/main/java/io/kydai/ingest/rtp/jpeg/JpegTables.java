package io.kydai.ingest.rtp.jpeg;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The one or two quantisation tables of a JPEG picture, for luminance and for chrominance. A camera
 * may send more, but RTP's types refer to the first two only (RFC 2435, section 4.1).
 *
 * @param tables the tables, each with its entries in zigzag order: 64 bytes, or 128 bytes for 64
 *     big-endian 16-bit entries
 */
record JpegTables(List<byte[]> tables) {
  /** The number of entries of a table. */
  static final int ENTRIES = 64;

  private static final int MAX_TABLES = 2;

  JpegTables {
    tables = List.copyOf(tables);
  }

  /** Returns two tables of 64 bytes each. */
  static JpegTables of(byte[] luminance, byte[] chrominance) {
    return new JpegTables(List.of(luminance, chrominance));
  }

  /**
   * Reads the data of a quantisation table header (RFC 2435, section 3.1.8). Bytes after the last
   * complete table are ignored.
   *
   * @param from the index of the data in {@code payload}
   * @param length the length of the data in bytes
   * @param precision a bit for each table, the lowest for the first, which is 1 when the table's
   *     entries have 16 bits
   * @return the tables; none when not even one is complete
   */
  static JpegTables read(ByteBuf payload, int from, int length, int precision) {
    List<byte[]> read = new ArrayList<>();
    int at = from;
    int end = from + length;
    for (int bits = precision; read.size() < MAX_TABLES; bits >>= 1) {
      boolean sixteenBit = (bits & 1) == 1;
      int size = sixteenBit ? 2 * ENTRIES : ENTRIES;
      if (size > end - at) {
        break;
      }
      byte[] table = new byte[size];
      payload.getBytes(at, table);
      read.add(sixteenBit ? toBytesIfSmall(table) : table);
      at += size;
    }
    return new JpegTables(read);
  }

  /**
   * Returns a 16-bit table as an 8-bit one if all entries fit, because decoders of 8-bit pictures
   * expect that (ITU-T T.81, section B.2.4.1); otherwise the table itself.
   */
  private static byte[] toBytesIfSmall(byte[] sixteenBit) {
    byte[] bytes = new byte[ENTRIES];
    for (int i = 0; i < ENTRIES; i++) {
      if (sixteenBit[2 * i] != 0) {
        return sixteenBit;
      }
      bytes[i] = sixteenBit[2 * i + 1];
    }
    return bytes;
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }
}
