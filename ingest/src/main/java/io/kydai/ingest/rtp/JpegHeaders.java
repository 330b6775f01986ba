package io.kydai.ingest.rtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import javax.imageio.plugins.jpeg.JPEGQTable;

/**
 * Writes what RTP leaves out in front of a JPEG's scan (RFC 2435, section 3.1; ITU-T T.81, annex
 * B): all tables that RTP's payload types imply.
 */
final class JpegHeaders {
  private static final int QUANTISATION = 0xdb;
  private static final int HUFFMAN = 0xc4;
  private static final int BASELINE_FRAME = 0xc0;
  private static final int RESTART_INTERVAL = 0xdd;
  private static final int SCAN = 0xda;

  /** T.81, figure 5: where in rows of eight each entry of a table in zigzag order stands. */
  private static final int[] ZIGZAG = zigzag();

  private JpegHeaders() {}

  /**
   * @param width in pixels
   * @param height in pixels
   * @param quarterColour whether colours have half of the lines too (type 1, 4:2:0); otherwise only
   *     half of the columns (type 0, 4:2:2)
   * @param tables one or two quantisation tables
   * @param restartInterval 0 for none
   */
  static byte[] write(
      int width, int height, boolean quarterColour, JpegTables tables, int restartInterval) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(700);
    u16(out, 0xffd8);
    segment(out, 0xe0, 16);
    out.writeBytes("JFIF".getBytes(US_ASCII));
    out.writeBytes(new byte[] {0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
    int count = tables.tables().size();
    for (int i = 0; i < count; i++) {
      byte[] table = tables.tables().get(i);
      boolean wide = table.length > JpegTables.ENTRIES;
      segment(out, QUANTISATION, 3 + table.length);
      out.write(wide ? 0x10 | i : i);
      out.writeBytes(table);
    }
    segment(out, BASELINE_FRAME, 17);
    out.write(8);
    u16(out, height);
    u16(out, width);
    out.write(3);
    int colourTable = Math.min(1, count - 1);
    out.writeBytes(new byte[] {1, (byte) (quarterColour ? 0x22 : 0x21), 0});
    out.writeBytes(new byte[] {2, 0x11, (byte) colourTable});
    out.writeBytes(new byte[] {3, 0x11, (byte) colourTable});
    huffman(out, 0x00, JPEGHuffmanTable.StdDCLuminance);
    huffman(out, 0x10, JPEGHuffmanTable.StdACLuminance);
    huffman(out, 0x01, JPEGHuffmanTable.StdDCChrominance);
    huffman(out, 0x11, JPEGHuffmanTable.StdACChrominance);
    if (restartInterval > 0) {
      segment(out, RESTART_INTERVAL, 4);
      u16(out, restartInterval);
    }
    segment(out, SCAN, 12);
    out.writeBytes(new byte[] {3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0});
    return out.toByteArray();
  }

  /**
   * The two quantisation tables that a quality stands for (RFC 2435, appendix A).
   *
   * @param quality 1 to 99; what is beyond is taken for the nearest of them, as 0 and 100 to 127
   *     are reserved and sent all the same
   */
  static JpegTables tables(int quality) {
    int known = Math.max(1, Math.min(99, quality));
    int scale = known < 50 ? 5000 / known : 200 - 2 * known;
    byte[] lightTable = new byte[JpegTables.ENTRIES];
    byte[] colourTable = new byte[JpegTables.ENTRIES];
    int[] light = JPEGQTable.K1Luminance.getTable();
    int[] colour = JPEGQTable.K2Chrominance.getTable();
    for (int i = 0; i < JpegTables.ENTRIES; i++) {
      lightTable[i] = scaled(light[ZIGZAG[i]], scale);
      colourTable[i] = scaled(colour[ZIGZAG[i]], scale);
    }
    return JpegTables.of(lightTable, colourTable);
  }

  private static byte scaled(int entry, int scale) {
    return (byte) Math.max(1, Math.min(255, (entry * scale + 50) / 100));
  }

  private static int[] zigzag() {
    int[] order = new int[JpegTables.ENTRIES];
    int at = 0;
    for (int diagonal = 0; diagonal < 15; diagonal++) {
      int from = Math.max(0, diagonal - 7);
      int to = Math.min(7, diagonal);
      for (int i = from; i <= to; i++) {
        int row = diagonal % 2 == 0 ? diagonal - i : i;
        order[at++] = row * 8 + diagonal - row;
      }
    }
    return order;
  }

  private static void huffman(ByteArrayOutputStream out, int place, JPEGHuffmanTable table) {
    short[] lengths = table.getLengths();
    short[] values = table.getValues();
    segment(out, HUFFMAN, 3 + 16 + values.length);
    out.write(place);
    for (int i = 0; i < 16; i++) {
      out.write(i < lengths.length ? lengths[i] : 0);
    }
    for (short value : values) {
      out.write(value);
    }
  }

  private static void segment(ByteArrayOutputStream out, int marker, int length) {
    u16(out, 0xff00 | marker);
    u16(out, length);
  }

  private static void u16(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }
}
