package io.kydai.models.head;

import java.nio.ByteBuffer;

/**
 * A {@link Normalisation} whose results are bytes: each byte of a pixel is looked up in a table of
 * its channel. The pixels stay blue, green, red, one after the other (NHWC). Instances are
 * immutable.
 */
public final class QuantisedNormalisation {
  private final byte[][] tables = new byte[3][256];

  /**
   * Creates a normalisation to bytes.
   *
   * @param values the normalised value of each byte of blue, green and red
   */
  QuantisedNormalisation(float[][] values, Quantisation quantisation) {
    for (int channel = 0; channel < 3; channel++) {
      for (int value = 0; value < 256; value++) {
        tables[channel][value] = quantisation.nearest(values[channel][value]);
      }
    }
  }

  /**
   * Writes normalised pixels.
   *
   * @param pixels {@code 3 × count} bytes from the position on; its position does not change
   * @param to the buffer for {@code 3 × count} bytes, written from index 0
   * @param count the number of pixels
   * @param scratch the working space of the calling thread
   */
  public void apply(ByteBuffer pixels, ByteBuffer to, int count, Normalisation.Scratch scratch) {
    byte[] blue = tables[0];
    byte[] green = tables[1];
    byte[] red = tables[2];
    byte[] bytes = scratch.bytes;
    int position = pixels.position();
    for (int from = 0; from < count; from += Normalisation.Scratch.PIXELS) {
      int end = 3 * Math.min(Normalisation.Scratch.PIXELS, count - from);
      pixels.get(position + 3 * from, bytes, 0, end);
      for (int i = 0; i < end; i += 3) {
        bytes[i] = blue[bytes[i] & 0xff];
        bytes[i + 1] = green[bytes[i + 1] & 0xff];
        bytes[i + 2] = red[bytes[i + 2] & 0xff];
      }
      to.put(3 * from, bytes, 0, end);
    }
  }
}
