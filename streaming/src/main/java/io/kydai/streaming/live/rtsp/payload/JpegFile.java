package io.kydai.streaming.live.rtsp.payload;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What RTP needs to know of a JPEG file (ITU-T T.81, annex B).
 *
 * @param data the file; indices are its own
 * @param scanStart the index of the entropy-coded data
 * @param scanEnd the index behind it, before the end-of-image marker
 * @param blocksWide the width in units of eight pixels, 1 to 255; so is {@code blocksHigh}
 * @param chroma420 whether chroma is halved in both directions, else in width alone
 * @param restartInterval in MCUs; 0 for none
 * @param precision a bit for each table: whether its entries have 16 bits (RFC 2435, section 3.1.8)
 * @param tables the quantisation tables of luma and of chroma, in zigzag order
 */
record JpegFile(
    ByteBuffer data,
    int scanStart,
    int scanEnd,
    int blocksWide,
    int blocksHigh,
    boolean chroma420,
    int restartInterval,
    int precision,
    byte[] tables) {
  private static final int START_OF_IMAGE = 0xd8;
  private static final int BASELINE_FRAME = 0xc0;
  private static final int START_OF_SCAN = 0xda;
  private static final int QUANTISATION = 0xdb;
  private static final int RESTART_INTERVAL = 0xdd;
  private static final short END_OF_IMAGE = (short) 0xffd9;
  private static final int ENTRIES = 64;
  private static final int COMPONENTS = 3;
  private static final int MOST_BLOCKS = 255;

  /** What was read on the way to the scan. */
  private static final class Headers {
    final byte[] @Nullable [] tables = new byte[4][];
    int width;
    int height;
    int luma;
    int lumaTable;
    int chromaTable;
    int restartInterval;
  }

  /**
   * Reads a file.
   *
   * @throws UnpayloadableException when RFC 2435's types have no form for it
   */
  static JpegFile read(ByteBuffer file) throws UnpayloadableException {
    ByteBuffer data = file.duplicate();
    Headers headers = new Headers();
    if (data.remaining() < 4 || (data.getShort() & 0xff) != START_OF_IMAGE) {
      throw new UnpayloadableException("a picture is no JPEG");
    }
    while (true) {
      int marker = marker(data);
      int length = data.remaining() < 2 ? -1 : (data.getShort() & 0xffff) - 2;
      if (length < 0 || length > data.remaining()) {
        throw cutOff();
      }
      ByteBuffer segment = data.slice(data.position(), length);
      data.position(data.position() + length);
      switch (marker) {
        case QUANTISATION -> tables(segment, headers);
        case BASELINE_FRAME -> frame(segment, headers);
        case RESTART_INTERVAL ->
            headers.restartInterval = length < 2 ? 0 : segment.getShort(0) & 0xffff;
        case START_OF_SCAN -> {
          return file(data, headers);
        }
        default -> {
          // Application data, comments, and Huffman tables, which RTP's receivers have themselves.
          if (marker > BASELINE_FRAME && marker <= 0xcf && marker != 0xc4 && marker != 0xcc) {
            throw new UnpayloadableException("a picture is no baseline JPEG");
          }
        }
      }
    }
  }

  private static UnpayloadableException cutOff() {
    return new UnpayloadableException("a JPEG's headers are cut off");
  }

  private static int marker(ByteBuffer data) throws UnpayloadableException {
    if (data.remaining() < 2 || (data.get() & 0xff) != 0xff) {
      throw cutOff();
    }
    int marker = data.get() & 0xff;
    while (marker == 0xff && data.hasRemaining()) {
      marker = data.get() & 0xff; // Fill bytes (section B.1.1.2).
    }
    return marker;
  }

  private static void tables(ByteBuffer segment, Headers headers) throws UnpayloadableException {
    while (segment.hasRemaining()) {
      int kind = segment.get() & 0xff;
      byte[] table = new byte[kind >> 4 == 0 ? ENTRIES : 2 * ENTRIES];
      if ((kind & 0xf) > 3 || table.length > segment.remaining()) {
        throw new UnpayloadableException("a JPEG's quantisation tables are cut off");
      }
      segment.get(table);
      headers.tables[kind & 0xf] = table;
    }
  }

  private static void frame(ByteBuffer segment, Headers headers) throws UnpayloadableException {
    if (segment.remaining() < 6 + 3 * COMPONENTS
        || segment.get(0) != 8
        || segment.get(5) != COMPONENTS
        || segment.get(10) != 0x11
        || segment.get(13) != 0x11) {
      throw new UnpayloadableException("a JPEG has not the three components that RTP knows");
    }
    headers.height = segment.getShort(1) & 0xffff;
    headers.width = segment.getShort(3) & 0xffff;
    headers.luma = segment.get(7);
    headers.lumaTable = segment.get(8) & 3;
    headers.chromaTable = segment.get(11) & 3;
    if (headers.luma != 0x21 && headers.luma != 0x22 || segment.get(14) != segment.get(11)) {
      throw new UnpayloadableException("a JPEG's chroma is neither 4:2:2 nor 4:2:0");
    }
  }

  private static JpegFile file(ByteBuffer data, Headers headers) throws UnpayloadableException {
    byte[] luma = headers.tables[headers.lumaTable];
    byte[] chroma = headers.tables[headers.chromaTable];
    int wide = (headers.width + 7) / 8;
    int high = (headers.height + 7) / 8;
    if (wide == 0 || high == 0 || luma == null || chroma == null) {
      throw new UnpayloadableException("a JPEG has no frame header or no tables");
    }
    if (wide > MOST_BLOCKS || high > MOST_BLOCKS) {
      throw new UnpayloadableException(
          "a JPEG of more than 2040 pixels has no size in RTP (RFC 2435, section 3.1.5)");
    }
    byte[] tables = Arrays.copyOf(luma, luma.length + chroma.length);
    System.arraycopy(chroma, 0, tables, luma.length, chroma.length);
    int end = data.limit();
    if (end - data.position() >= 2 && data.getShort(end - 2) == END_OF_IMAGE) {
      end -= 2;
    }
    if (end == data.position()) {
      throw new UnpayloadableException("a JPEG has no picture behind its headers");
    }
    return new JpegFile(
        data,
        data.position(),
        end,
        wide,
        high,
        headers.luma == 0x22,
        headers.restartInterval,
        (luma.length > ENTRIES ? 1 : 0) | (chroma.length > ENTRIES ? 2 : 0),
        tables);
  }
}
