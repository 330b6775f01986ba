package io.kydai.models.head;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * The normalisation of pixels for a network's input: {@code (value − mean) / deviation} for each of
 * blue, green and red, written as planes (NCHW) in that order or the reverse. The results are
 * looked up in a table of 256 floats per channel. Instances are immutable.
 */
public final class Normalisation {
  private final float[][] tables = new float[3][256];
  private final boolean redFirst;

  private Normalisation(float[] mean, float[] deviation, boolean redFirst) {
    this.redFirst = redFirst;
    for (int channel = 0; channel < 3; channel++) {
      for (int value = 0; value < 256; value++) {
        tables[channel][value] = (value - mean[channel]) / deviation[channel];
      }
    }
  }

  /**
   * Returns a normalisation with planes of blue, green and red.
   *
   * @param mean the mean of blue, green and red, on the scale 0 to 255
   * @param deviation the standard deviation of blue, green and red, on the same scale
   */
  public static Normalisation bgr(float[] mean, float[] deviation) {
    return new Normalisation(mean, deviation, false);
  }

  /**
   * Returns a normalisation with planes of red, green and blue.
   *
   * @param mean the mean of red, green and blue, on the scale 0 to 255
   * @param deviation the standard deviation of red, green and blue, on the same scale
   */
  public static Normalisation rgb(float[] mean, float[] deviation) {
    return new Normalisation(
        new float[] {mean[2], mean[1], mean[0]},
        new float[] {deviation[2], deviation[1], deviation[0]},
        true);
  }

  /** Returns the normalisation to red, green, blue from 0 to 1. */
  static Normalisation unitRgb() {
    return rgb(new float[] {0, 0, 0}, new float[] {255, 255, 255});
  }

  /** Returns the normalisation to red, green, blue from −1 to 1. */
  static Normalisation signedRgb() {
    return rgb(new float[] {127.5f, 127.5f, 127.5f}, new float[] {127.5f, 127.5f, 127.5f});
  }

  /** Returns the normalisation to blue, green, red with ImageNet's mean and standard deviation. */
  static Normalisation imageNetBgr() {
    return bgr(new float[] {103.53f, 116.28f, 123.675f}, new float[] {57.375f, 57.12f, 58.395f});
  }

  /** Returns the normalisation that keeps the bytes' values, 0 to 255, as blue, green, red. */
  static Normalisation none() {
    return bgr(new float[] {0, 0, 0}, new float[] {1, 1, 1});
  }

  /**
   * Returns this normalisation with bytes as its results.
   *
   * @throws IllegalStateException when red comes first
   */
  public QuantisedNormalisation quantised(Quantisation quantisation) {
    if (redFirst) {
      throw new IllegalStateException("bytes stay blue, green, red");
    }
    return new QuantisedNormalisation(tables, quantisation);
  }

  /**
   * Writes normalised pixels.
   *
   * @param pixels {@code 3 × count} bytes from the position on, each pixel blue, green, red; its
   *     position does not change
   * @param planes the buffer for {@code 3 × count} floats, written from index 0
   * @param count the number of pixels
   * @param scratch the working space of the calling thread
   */
  public void apply(ByteBuffer pixels, FloatBuffer planes, int count, Scratch scratch) {
    float[] blue = tables[0];
    float[] green = tables[1];
    float[] red = tables[2];
    int position = pixels.position();
    for (int from = 0; from < count; from += Scratch.PIXELS) {
      int n = Math.min(Scratch.PIXELS, count - from);
      // Bulk copies to arrays are faster than single reads and writes of direct buffers.
      pixels.get(position + 3 * from, scratch.bytes, 0, 3 * n);
      for (int i = 0, b = 0; i < n; i++, b += 3) {
        scratch.blue[i] = blue[scratch.bytes[b] & 0xff];
        scratch.green[i] = green[scratch.bytes[b + 1] & 0xff];
        scratch.red[i] = red[scratch.bytes[b + 2] & 0xff];
      }
      planes.put(from, redFirst ? scratch.red : scratch.blue, 0, n);
      planes.put(count + from, scratch.green, 0, n);
      planes.put(2 * count + from, redFirst ? scratch.blue : scratch.red, 0, n);
    }
  }

  /** The working space of one thread. */
  public static final class Scratch {
    static final int PIXELS = 1024;

    final byte[] bytes = new byte[3 * PIXELS];
    private final float[] blue = new float[PIXELS];
    private final float[] green = new float[PIXELS];
    private final float[] red = new float[PIXELS];
  }
}
