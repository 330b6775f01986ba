package io.kydai.ingest.simulator.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * A JPEG picture that RFC 2435 can carry: baseline, three components with chroma halved
 * horizontally ({@code type} 0) or in both directions (1), the example Huffman tables of the
 * standard, and sides of at most 2040 pixels. Other pictures are refused with an {@link
 * IllegalArgumentException}.
 *
 * @param type the type of RFC 2435, section 4.1
 * @param width the width in blocks of 8 pixels
 * @param height the height in blocks of 8 pixels
 * @param restart the number of MCUs between restart markers; 0 without such markers
 * @param tables the quantization tables of luma and chroma, 64 bytes each, in zigzag order
 * @param scan the entropy-coded data, without the end marker
 */
record Jpeg(int type, int width, int height, int restart, byte[] tables, byte[] scan) {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DQT = 0xdb;
  private static final int DHT = 0xc4;
  private static final int DRI = 0xdd;
  private static final int SOF0 = 0xc0;
  private static final int LARGEST = 2040;

  /** Returns whether a stream starts with the start marker of a JPEG picture. */
  static boolean starts(byte[] stream) {
    return stream.length > 2 && (stream[0] & 0xff) == 0xff && (stream[1] & 0xff) == SOI;
  }

  /**
   * Divides a stream of JPEG pictures, one after the other, as {@code ffmpeg -f mjpeg} writes it.
   */
  static List<byte[]> cut(byte[] stream) {
    List<byte[]> pictures = new ArrayList<>();
    for (int at = 0; at + 1 < stream.length; ) {
      int end = end(stream, at);
      pictures.add(Arrays.copyOfRange(stream, at, end));
      at = end;
    }
    return pictures;
  }

  private static int end(byte[] stream, int start) {
    int at = start + 2;
    boolean inScan = false;
    while (at + 1 < stream.length) {
      int marker = stream[at + 1] & 0xff;
      if ((stream[at] & 0xff) != 0xff
          || inScan && (marker == 0 || marker >= 0xd0 && marker < SOI)) {
        if (!inScan) {
          break;
        }
        at++;
      } else if (marker == EOI) {
        return at + 2;
      } else if (marker == 0xff) {
        at++;
      } else {
        inScan = marker == SOS;
        at += 2 + length(stream, at + 2);
      }
    }
    throw new IllegalArgumentException("a JPEG picture is cut off or broken");
  }

  private static int length(byte[] stream, int at) {
    if (at + 1 >= stream.length) {
      throw new IllegalArgumentException("a JPEG picture is cut off");
    }
    int length = (stream[at] & 0xff) << 8 | stream[at + 1] & 0xff;
    if (length < 2 || at + length > stream.length) {
      throw new IllegalArgumentException("a JPEG picture has a broken segment");
    }
    return length;
  }

  /** Parses one picture. */
  static Jpeg parse(byte[] picture) {
    byte[][] quantization = new byte[4][];
    ByteBuffer frame = null;
    int restart = 0;
    for (int at = 2; at + 3 < picture.length; ) {
      int marker = picture[at + 1] & 0xff;
      if (marker == 0xff) {
        at++;
        continue;
      }
      int length = length(picture, at + 2);
      ByteBuffer segment = ByteBuffer.wrap(picture, at + 4, length - 2).slice();
      at += 2 + length;
      if (marker == SOS) {
        if (frame == null) {
          break;
        }
        byte[] scan = Arrays.copyOfRange(picture, at, picture.length - 2);
        return of(frame, quantization, restart, scan);
      }
      switch (marker) {
        case SOF0 -> frame = segment;
        case DQT -> readQuantization(segment, quantization);
        case DHT -> checkHuffman(segment);
        case DRI -> restart = segment.getShort() & 0xffff;
        default -> {
          if (marker > SOF0 && marker < 0xd0 && marker != 0xc8 && marker != 0xcc) {
            throw new IllegalArgumentException("a JPEG picture is not baseline");
          }
        }
      }
    }
    throw new IllegalArgumentException("a JPEG picture has no frame or no scan");
  }

  private static Jpeg of(ByteBuffer frame, byte[][] quantization, int restart, byte[] scan) {
    if (frame.remaining() < 15 || frame.get(0) != 8 || frame.get(5) != 3) {
      throw new IllegalArgumentException("a JPEG picture has not three components of 8 bits");
    }
    int height = frame.getShort(1) & 0xffff;
    int width = frame.getShort(3) & 0xffff;
    int luma = frame.get(7);
    boolean chroma = frame.get(10) == 0x11 && frame.get(13) == 0x11;
    if (!chroma || luma != 0x21 && luma != 0x22) {
      throw new IllegalArgumentException(
          "a JPEG picture is neither 4:2:0 nor 4:2:2: encode it with -pix_fmt yuvj420p");
    }
    if (width > LARGEST || height > LARGEST) {
      throw new IllegalArgumentException(
          "a JPEG picture is larger than RFC 2435 can say: " + width + "x" + height);
    }
    byte[] first = quantization[frame.get(8) & 3];
    byte[] second = quantization[frame.get(11) & 3];
    if (first == null || second == null || frame.get(11) != frame.get(14)) {
      throw new IllegalArgumentException("a JPEG picture lacks a quantization table");
    }
    byte[] tables = Arrays.copyOf(first, 128);
    System.arraycopy(second, 0, tables, 64, 64);
    int type = luma == 0x21 ? 0 : 1;
    return new Jpeg(type, (width + 7) / 8, (height + 7) / 8, restart, tables, scan);
  }

  private static void readQuantization(ByteBuffer segment, byte[][] tables) {
    while (segment.hasRemaining()) {
      int head = segment.get();
      if (head >> 4 != 0 || segment.remaining() < 64) {
        throw new IllegalArgumentException("a JPEG picture has quantization tables of 16 bits");
      }
      byte[] table = new byte[64];
      segment.get(table);
      tables[head & 3] = table;
    }
  }

  /**
   * Refuses Huffman tables other than those of ITU-T T.81, section K.3, because RFC 2435 sends
   * none.
   */
  private static void checkHuffman(ByteBuffer segment) {
    while (segment.remaining() > 16) {
      int head = segment.get();
      boolean ac = head >> 4 != 0;
      boolean chroma = (head & 15) != 0;
      JPEGHuffmanTable standard =
          ac
              ? chroma ? JPEGHuffmanTable.StdACChrominance : JPEGHuffmanTable.StdACLuminance
              : chroma ? JPEGHuffmanTable.StdDCChrominance : JPEGHuffmanTable.StdDCLuminance;
      short[] lengths = new short[16];
      int count = 0;
      for (int i = 0; i < 16; i++) {
        lengths[i] = (short) (segment.get() & 0xff);
        count += lengths[i];
      }
      short[] values = new short[Math.min(count, segment.remaining())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (short) (segment.get() & 0xff);
      }
      if (!Arrays.equals(Arrays.copyOf(standard.getLengths(), 16), lengths)
          || !Arrays.equals(standard.getValues(), values)) {
        throw new IllegalArgumentException(
            "a JPEG picture has Huffman tables of its own: encode it with -huffman default");
      }
    }
  }
}
