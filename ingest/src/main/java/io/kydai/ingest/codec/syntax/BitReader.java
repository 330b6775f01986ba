package io.kydai.ingest.codec.syntax;

/**
 * Reads a NAL unit bit by bit, skipping emulation prevention bytes (ITU-T H.264, section 7.3.1).
 * Reading beyond the end is an error, never a zero.
 */
public final class BitReader {
  private final byte[] nal;
  private int at;
  private int bit;
  private int zeros;

  /** Starts behind the NAL unit's header byte. */
  public BitReader(byte[] nal) {
    this(nal, 1);
  }

  /** Starts behind a header of so many bytes. */
  public BitReader(byte[] nal, int header) {
    at = header;
    this.nal = nal;
  }

  public int bit() throws MalformedBitstreamException {
    if (at >= nal.length) {
      throw new MalformedBitstreamException("ends too early");
    }
    int value = nal[at] >> (7 - bit) & 1;
    if (++bit == 8) {
      next();
    }
    return value;
  }

  private void next() {
    zeros = nal[at] == 0 ? zeros + 1 : 0;
    bit = 0;
    at++;
    if (zeros == 2 && at < nal.length && nal[at] == 3) {
      zeros = 0;
      at++;
    }
  }

  public boolean flag() throws MalformedBitstreamException {
    return bit() == 1;
  }

  /** An unsigned number of at most 31 bits. */
  public int bits(int count) throws MalformedBitstreamException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  public void skip(int count) throws MalformedBitstreamException {
    for (int i = 0; i < count; i++) {
      bit();
    }
  }

  /** An Exp-Golomb number, {@code ue(v)}. */
  public int unsigned() throws MalformedBitstreamException {
    int leading = 0;
    while (bit() == 0) {
      if (++leading > 30) {
        throw new MalformedBitstreamException("holds a number of more than 31 bits");
      }
    }
    return (1 << leading) - 1 + bits(leading);
  }

  /** A signed Exp-Golomb number, {@code se(v)}. */
  public int signed() throws MalformedBitstreamException {
    int code = unsigned();
    return (code & 1) == 1 ? (code >>> 1) + 1 : -(code >>> 1);
  }

  /** {@link #unsigned}, refused above a limit. */
  public int unsigned(int limit, String name) throws MalformedBitstreamException {
    int value = unsigned();
    if (value > limit) {
      throw new MalformedBitstreamException(name + " is " + value + ", above " + limit);
    }
    return value;
  }
}
