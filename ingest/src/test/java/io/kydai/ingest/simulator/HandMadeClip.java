package io.kydai.ingest.simulator;

import java.io.ByteArrayOutputStream;

/** Streams with the shape of H.264 but no picture in them: enough for all but a decoder. */
final class HandMadeClip {
  static final byte[] SPS = {0x67, 0x42, 0x00, 0x1e, 0x11};
  static final byte[] PPS = {0x68, (byte) 0xce, 0x38};

  // First macroblock 0 (1) and slice type 7, I (0001000); 5, P (00110); 6, B (00111).
  private static final int I = 0b1000_1000;
  private static final int P = 0b1001_1000;
  private static final int B = 0b1001_1100;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Key pictures of 3,000 bytes, each followed by one of 100; parameter sets only at the start. */
  static byte[] ofPairs(int pairs) {
    HandMadeClip clip = new HandMadeClip().unit(SPS).unit(PPS);
    for (int i = 0; i < pairs; i++) {
      clip.slice(0x65, I, 3000).slice(0x41, P, 100);
    }
    return clip.bytes();
  }

  HandMadeClip unit(byte[] nal) {
    bytes.writeBytes(new byte[] {0, 0, 0, 1});
    bytes.writeBytes(nal);
    return this;
  }

  HandMadeClip key() {
    return slice(0x65, I, 20);
  }

  HandMadeClip predicted() {
    return slice(0x41, P, 20);
  }

  HandMadeClip bidirectional() {
    return slice(0x01, B, 20);
  }

  private HandMadeClip slice(int header, int head, int length) {
    byte[] nal = new byte[length];
    for (int i = 2; i < length; i++) {
      nal[i] = (byte) (i % 251 + 1);
    }
    nal[0] = (byte) header;
    nal[1] = (byte) head;
    return unit(nal);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
