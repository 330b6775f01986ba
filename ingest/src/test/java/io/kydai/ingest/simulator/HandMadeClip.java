package io.kydai.ingest.simulator;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * Streams with the headers of H.264 but no picture in them: enough for all but a decoder. Pictures
 * are of order type 2, where they are shown as they are stored.
 */
public final class HandMadeClip {
  /** Baseline, 4 bits of frame number, order type 2, one macroblock. */
  public static final byte[] SPS = HexFormat.of().parseHex("6742001eda71");

  public static final byte[] PPS = {0x68, (byte) 0xce, 0x38};

  private static final int I = 7;
  private static final int P = 5;
  private static final int B = 6;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int frame;

  /** Key pictures of 3,000 bytes, each followed by one of 100; parameter sets only at the start. */
  static byte[] ofPairs(int pairs) {
    HandMadeClip clip = new HandMadeClip().unit(SPS).unit(PPS);
    for (int i = 0; i < pairs; i++) {
      clip.slice(0x65, I, 3000).slice(0x41, P, 100);
    }
    return clip.bytes();
  }

  /** A key picture and others after it, each of its size in bytes. */
  public static byte[] ofGroup(int keySize, int others, int size) {
    HandMadeClip clip = new HandMadeClip().unit(SPS).unit(PPS).slice(0x65, I, keySize);
    for (int i = 0; i < others; i++) {
      clip.slice(0x41, P, size);
    }
    return clip.bytes();
  }

  public HandMadeClip unit(byte[] nal) {
    bytes.writeBytes(new byte[] {0, 0, 0, 1});
    bytes.writeBytes(nal);
    return this;
  }

  public HandMadeClip key() {
    return slice(0x65, I, 20);
  }

  public HandMadeClip predicted() {
    return slice(0x41, P, 20);
  }

  HandMadeClip bidirectional() {
    return slice(0x01, B, 20);
  }

  private HandMadeClip slice(int header, int type, int length) {
    byte[] nal = new byte[length];
    for (int i = 1; i < length; i++) {
      nal[i] = (byte) (i % 251 + 1);
    }
    // Macroblock 0 (1), slice type (5, 6 or 7: 00110, 00111 or 0001000), parameter set 0 (1), and
    // frame number; in a key picture also its id, 0 (1) or 1 (010).
    boolean key = type == I;
    String number = Integer.toBinaryString(16 | frame & 15).substring(1);
    String bits = "1" + (key ? "0001000" : type == B ? "00111" : "00110") + "1";
    bits += key ? "0000" + (frame % 2 == 0 ? "1" : "010") : number;
    bits += "1".repeat(16 - bits.length());
    nal[0] = (byte) header;
    nal[1] = (byte) Integer.parseInt(bits.substring(0, 8), 2);
    nal[2] = (byte) Integer.parseInt(bits.substring(8), 2);
    frame++;
    return unit(nal);
  }

  public byte[] bytes() {
    return bytes.toByteArray();
  }
}
