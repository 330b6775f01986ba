package io.kydai.ingest.simulator.media;

/**
 * Reads a NAL unit bit by bit without its emulation prevention bytes (ITU-T H.264 and H.265,
 * section 7.3.1.1). All methods throw an {@link IllegalArgumentException} when the unit ends too
 * early.
 */
final class NalBitReader {
  private final byte[] nal;
  private int at;
  private int bit;
  private int zeros;

  /** Creates a reader that starts after a header of some bytes. */
  NalBitReader(byte[] nal, int header) {
    this.nal = nal;
    this.at = header;
  }

  int bit() {
    if (at >= nal.length) {
      throw new IllegalArgumentException("a NAL unit ends too early");
    }
    int value = nal[at] >> (7 - bit) & 1;
    if (++bit == 8) {
      zeros = nal[at] == 0 ? zeros + 1 : 0;
      bit = 0;
      at++;
      if (zeros == 2 && at < nal.length && nal[at] == 3) {
        zeros = 0;
        at++;
      }
    }
    return value;
  }

  boolean flag() {
    return bit() == 1;
  }

  int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  /** Reads {@code ue(v)}. */
  int unsigned() {
    int leading = 0;
    while (bit() == 0) {
      if (++leading > 30) {
        throw new IllegalArgumentException("a NAL unit holds a number of more than 31 bits");
      }
    }
    return (1 << leading) - 1 + bits(leading);
  }

  /** Reads {@code ue(v)}, and refuses values above a limit. */
  int unsigned(int limit, String name) {
    int value = unsigned();
    if (value > limit) {
      throw new IllegalArgumentException(name + " is " + value + ", above " + limit);
    }
    return value;
  }

  /** Reads {@code se(v)}. */
  int signed() {
    int code = unsigned();
    return (code & 1) == 1 ? (code >>> 1) + 1 : -(code >>> 1);
  }
}
