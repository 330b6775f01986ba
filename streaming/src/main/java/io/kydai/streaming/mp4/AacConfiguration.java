package io.kydai.streaming.mp4;

import java.util.Optional;

/**
 * What a file needs to know of an AudioSpecificConfig (ISO/IEC 14496-3, section 1.6.2.1).
 *
 * @param sampleRate of the core decoder, in samples per second; with spectral band replication half
 *     of what is heard
 * @param frameSamples how many of these one frame has
 */
record AacConfiguration(int sampleRate, int frameSamples) {
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };
  private static final int LTP = 4;
  private static final int SBR = 5;
  private static final int PS = 29;
  private static final int ESCAPE = 31;

  /**
   * Reads the configuration of the object types that cameras send: Main, LC, SSR and LTP, each also
   * below SBR or PS. Of any other, and of bytes that end early, nothing is known.
   */
  static Optional<AacConfiguration> read(byte[] bytes) {
    Bits bits = new Bits(bytes);
    int type = bits.objectType();
    int rate = bits.rate();
    bits.take(4); // the channels, which the session's description tells too
    if (type == SBR || type == PS) {
      bits.rate();
      type = bits.objectType();
    }
    boolean isShort = bits.take(1) == 1; // frameLengthFlag of GASpecificConfig, section 4.4.1
    if (bits.isOver() || type < 1 || type > LTP || rate < 7_000 || rate > 96_000) {
      return Optional.empty();
    }
    return Optional.of(new AacConfiguration(rate, isShort ? 960 : 1024));
  }

  private static final class Bits {
    private final byte[] bytes;
    private int at;

    Bits(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Returns the next bits as a number; zeros behind the end. */
    int take(int count) {
      int value = 0;
      for (int i = 0; i < count; i++, at++) {
        value = value << 1 | (at / 8 < bytes.length ? bytes[at / 8] >> 7 - at % 8 & 1 : 0);
      }
      return value;
    }

    int objectType() {
      int type = take(5);
      return type == ESCAPE ? 32 + take(6) : type;
    }

    int rate() {
      int index = take(4);
      if (index == 15) {
        return take(24);
      }
      return index < RATES.length ? RATES[index] : 0;
    }

    boolean isOver() {
      return at > 8 * bytes.length;
    }
  }
}
