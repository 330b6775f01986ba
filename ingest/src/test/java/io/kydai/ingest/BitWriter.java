package io.kydai.ingest;

import java.io.ByteArrayOutputStream;

/** Writes a NAL unit bit by bit, with emulation prevention (ITU-T H.264, section 7.3.1). */
public final class BitWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int value;
  private int count;
  private int zeros;

  public BitWriter(int... first) {
    for (int one : first) {
      bits(one, 8);
    }
  }

  public BitWriter bits(int number, int width) {
    for (int i = width - 1; i >= 0; i--) {
      value = value << 1 | number >> i & 1;
      if (++count == 8) {
        put(value);
        value = 0;
        count = 0;
      }
    }
    return this;
  }

  /** {@code ue(v)}. */
  public BitWriter unsigned(int number) {
    int width = 32 - Integer.numberOfLeadingZeros(number + 1);
    return bits(0, width - 1).bits(number + 1, width);
  }

  /** The stop bit, and zeros to the end of the byte. */
  public byte[] trailing() {
    bits(1, 1);
    while (count != 0) {
      bits(0, 1);
    }
    return bytes.toByteArray();
  }

  private void put(int one) {
    if (zeros == 2 && one <= 3) {
      bytes.write(3);
      zeros = 0;
    }
    bytes.write(one);
    zeros = one == 0 ? zeros + 1 : 0;
  }
}
