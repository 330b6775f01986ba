package io.kydai.analytics.decode;

import java.nio.ByteBuffer;

/**
 * A linear change of contrast around a pivot, the same for each of blue, green and red, so that
 * grey stays grey: {@code pivot + gain × (value − pivot)}, clipped to 0 to 255. Immutable.
 */
public final class ToneCurve {
  /** The curve that changes nothing. */
  public static final ToneCurve IDENTITY = new ToneCurve(1, 0);

  private final double gain;
  private final byte[] table = new byte[256];

  private ToneCurve(double gain, double pivot) {
    this.gain = gain;
    for (int value = 0; value < table.length; value++) {
      long changed = Math.round(pivot + gain * (value - pivot));
      table[value] = (byte) Math.max(0, Math.min(255, changed));
    }
  }

  /**
   * Returns a curve.
   *
   * @param gain the factor of contrast, above 0; 1 changes nothing
   * @param pivot the value that stays as it is, 0 to 255
   * @throws IllegalArgumentException when the gain is not above 0
   */
  public static ToneCurve around(double pivot, double gain) {
    if (!(gain > 0)) {
      throw new IllegalArgumentException("a gain above 0 is needed, not " + gain);
    }
    return gain == 1 ? IDENTITY : new ToneCurve(gain, pivot);
  }

  /** The factor of contrast; 1 for {@link #IDENTITY}. */
  public double gain() {
    return gain;
  }

  boolean changesNothing() {
    return this == IDENTITY;
  }

  /**
   * Changes bytes of a buffer in place.
   *
   * @param at the index of the first byte
   * @param length the number of bytes, at most the scratch's length
   * @param scratch the working space of the calling thread
   */
  void apply(ByteBuffer pixels, int at, int length, byte[] scratch) {
    // Bulk copies to an array are faster than single reads and writes of a direct buffer.
    pixels.get(at, scratch, 0, length);
    for (int i = 0; i < length; i++) {
      scratch[i] = table[scratch[i] & 0xff];
    }
    pixels.put(at, scratch, 0, length);
  }
}
