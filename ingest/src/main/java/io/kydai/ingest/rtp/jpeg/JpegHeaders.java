package io.kydai.ingest.rtp.jpeg;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import javax.imageio.plugins.jpeg.JPEGQTable;

/**
 * Writes the part of a JPEG file before the scan's data, which RTP omits (RFC 2435, section 3.1;
 * ITU-T T.81, annex B), with all tables that RTP's payload types imply.
 */
final class JpegHeaders {
  private static final int QUANTISATION = 0xdb;
  private static final int HUFFMAN = 0xc4;
  private static final int BASELINE_FRAME = 0xc0;
  private static final int RESTART_INTERVAL = 0xdd;
  private static final int SCAN = 0xda;

  /** For each entry of a table in zigzag order its index in row order (ITU-T T.81, figure 5). */
  private static final int[] ZIGZAG = zigzag();

  private JpegHeaders() {}

  /**
   * Returns the file's bytes up to and including the start of scan header.
   *
   * @param width in pixels
   * @param height in pixels
   * @param chroma420 true for 4:2:0 chroma subsampling (type 1), false for 4:2:2 (type 0)
   * @param tables one or two quantisation tables
   * @param restartInterval the restart interval in MCUs; 0 for none
   */
  static byte[] write(
      int width, int height, boolean chroma420, JpegTables tables, int restartInterval) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(700);
    u16(out, 0xffd8);
    segment(out, 0xe0, 16);
    out.writeBytes("JFIF".getBytes(US_ASCII));
    out.writeBytes(new byte[] {0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
    int count = tables.tables().size();
    for (int i = 0; i < count; i++) {
      byte[] table = tables.tables().get(i);
      boolean sixteenBit = table.length > JpegTables.ENTRIES;
      segment(out, QUANTISATION, 3 + table.length);
      out.write(sixteenBit ? 0x10 | i : i);
      out.writeBytes(table);
    }
    segment(out, BASELINE_FRAME, 17);
    out.write(8);
    u16(out, height);
    u16(out, width);
    out.write(3);
    int chrominanceTable = Math.min(1, count - 1);
    out.writeBytes(new byte[] {1, (byte) (chroma420 ? 0x22 : 0x21), 0});
    out.writeBytes(new byte[] {2, 0x11, (byte) chrominanceTable});
    out.writeBytes(new byte[] {3, 0x11, (byte) chrominanceTable});
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
   * Returns the two quantisation tables of a Q value (RFC 2435, appendix A).
   *
   * @param quality the Q value, 1 to 99. The reserved values 0 and 100 to 127, which some cameras
   *     send, are replaced by the nearest valid value
   */
  static JpegTables tables(int quality) {
    int valid = Math.max(1, Math.min(99, quality));
    int scale = valid < 50 ? 5000 / valid : 200 - 2 * valid;
    byte[] luminance = new byte[JpegTables.ENTRIES];
    byte[] chrominance = new byte[JpegTables.ENTRIES];
    int[] baseLuminance = JPEGQTable.K1Luminance.getTable();
    int[] baseChrominance = JPEGQTable.K2Chrominance.getTable();
    for (int i = 0; i < JpegTables.ENTRIES; i++) {
      luminance[i] = scaled(baseLuminance[ZIGZAG[i]], scale);
      chrominance[i] = scaled(baseChrominance[ZIGZAG[i]], scale);
    }
    return JpegTables.of(luminance, chrominance);
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

  private static void huffman(ByteArrayOutputStream out, int destination, JPEGHuffmanTable table) {
    short[] lengths = table.getLengths();
    short[] values = table.getValues();
    segment(out, HUFFMAN, 3 + 16 + values.length);
    out.write(destination);
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
