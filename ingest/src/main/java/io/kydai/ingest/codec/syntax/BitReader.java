package io.kydai.ingest.codec.syntax;

/**
 * Reads the bits of a NAL unit, skipping emulation prevention bytes (ITU-T H.264, section 7.3.1).
 * Reading beyond the end throws an exception.
 */
public final class BitReader {
  private final byte[] nal;
  private int at;
  private int bit;
  private int zeros;

  /** Creates a reader that starts after the one-byte header of an H.264 NAL unit. */
  public BitReader(byte[] nal) {
    this(nal, 1);
  }

  /** Creates a reader that starts after a header of the given number of bytes. */
  public BitReader(byte[] nal, int header) {
    at = header;
    this.nal = nal;
  }

  /**
   * Reads a bit.
   *
   * @throws MalformedBitstreamException when the NAL unit has ended
   */
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

  /** Reads a bit as a boolean, {@code u(1)}. */
  public boolean flag() throws MalformedBitstreamException {
    return bit() == 1;
  }

  /** Reads an unsigned number of at most 31 bits, {@code u(n)}. */
  public int bits(int count) throws MalformedBitstreamException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  /** Skips a number of bits. */
  public void skip(int count) throws MalformedBitstreamException {
    for (int i = 0; i < count; i++) {
      bit();
    }
  }

  /** Reads an unsigned Exp-Golomb number of at most 31 bits, {@code ue(v)} (section 9.1). */
  public int unsigned() throws MalformedBitstreamException {
    int leading = 0;
    while (bit() == 0) {
      if (++leading > 30) {
        throw new MalformedBitstreamException("holds a number of more than 31 bits");
      }
    }
    return (1 << leading) - 1 + bits(leading);
  }

  /** Reads a signed Exp-Golomb number, {@code se(v)} (section 9.1.1). */
  public int signed() throws MalformedBitstreamException {
    int code = unsigned();
    return (code & 1) == 1 ? (code >>> 1) + 1 : -(code >>> 1);
  }

  /**
   * Reads an unsigned Exp-Golomb number with an upper limit.
   *
   * @param name the syntax element's name for the message
   * @throws MalformedBitstreamException when the number exceeds the limit or the NAL unit has ended
   */
  public int unsigned(int limit, String name) throws MalformedBitstreamException {
    int value = unsigned();
    if (value > limit) {
      throw new MalformedBitstreamException(name + " is " + value + ", above " + limit);
    }
    return value;
  }
}
