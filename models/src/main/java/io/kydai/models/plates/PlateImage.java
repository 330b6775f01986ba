package io.kydai.models.plates;

import java.nio.ByteBuffer;

/**
 * A picture on the heap, which is not modified after it is created.
 *
 * @param width the width in pixels
 * @param height the height in pixels
 * @param pixels {@code 3 × width × height} bytes, rows from top to bottom, each pixel blue, green,
 *     red
 */
record PlateImage(int width, int height, byte[] pixels) {
  static PlateImage copy(ByteBuffer pixels, int width, int height) {
    byte[] copy = new byte[3 * width * height];
    pixels.get(pixels.position(), copy);
    return new PlateImage(width, height, copy);
  }

  /** Returns a copy of a part, clipped to the picture; the part has at least one pixel. */
  PlateImage part(int left, int top, int right, int bottom) {
    int x = Math.min(width - 1, Math.max(0, left));
    int y = Math.min(height - 1, Math.max(0, top));
    int columns = Math.max(1, Math.min(width, right) - x);
    int rows = Math.max(1, Math.min(height, bottom) - y);
    byte[] part = new byte[3 * columns * rows];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(pixels, 3 * ((y + row) * width + x), part, 3 * row * columns, 3 * columns);
    }
    return new PlateImage(columns, rows, part);
  }

  /**
   * Returns the picture at another size, resampled with a triangle filter that is widened by the
   * scale when the picture is reduced, so that thin strokes are not lost (antialiasing).
   */
  PlateImage scaled(int toWidth, int toHeight) {
    Weights across = new Weights(width, toWidth);
    Weights down = new Weights(height, toHeight);
    float[] rows = new float[3 * toWidth * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < toWidth; x++) {
        for (int i = across.first[x]; i < across.first[x] + across.weights[x].length; i++) {
          float weight = across.weights[x][i - across.first[x]];
          int from = 3 * (y * width + i);
          int to = 3 * (y * toWidth + x);
          rows[to] += weight * (pixels[from] & 0xff);
          rows[to + 1] += weight * (pixels[from + 1] & 0xff);
          rows[to + 2] += weight * (pixels[from + 2] & 0xff);
        }
      }
    }
    byte[] scaled = new byte[3 * toWidth * toHeight];
    float[] line = new float[3 * toWidth];
    for (int y = 0; y < toHeight; y++) {
      java.util.Arrays.fill(line, 0.5f);
      for (int i = 0; i < down.weights[y].length; i++) {
        float weight = down.weights[y][i];
        int from = 3 * toWidth * (down.first[y] + i);
        for (int x = 0; x < line.length; x++) {
          line[x] += weight * rows[from + x];
        }
      }
      for (int x = 0; x < line.length; x++) {
        scaled[3 * toWidth * y + x] = (byte) Math.min(255, (int) line[x]);
      }
    }
    return new PlateImage(toWidth, toHeight, scaled);
  }

  /** The filter along one axis: for each target pixel its first source pixel and the weights. */
  private static final class Weights {
    private final int[] first;
    private final float[][] weights;

    Weights(int from, int to) {
      first = new int[to];
      weights = new float[to][];
      double scale = (double) from / to;
      double reach = Math.max(1, scale);
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        int low = Math.max(0, (int) Math.floor(centre - reach));
        int high = Math.min(from, (int) Math.ceil(centre + reach));
        float[] row = new float[high - low];
        float sum = 0;
        for (int j = low; j < high; j++) {
          row[j - low] = (float) Math.max(0, 1 - Math.abs(j + 0.5 - centre) / reach);
          sum += row[j - low];
        }
        for (int j = 0; j < row.length; j++) {
          row[j] /= sum;
        }
        first[i] = low;
        weights[i] = row;
      }
    }
  }

  /**
   * Returns the picture as a network's input {@code [1, 3, height, planeWidth]}: planes of blue,
   * green and red, normalised as {@code (value − mean) / deviation}. Columns to the right of the
   * picture are 0.
   */
  float[] planes(int planeWidth, float[] mean, float[] deviation) {
    float[] planes = new float[3 * planeWidth * height];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < height; y++) {
        int to = (channel * height + y) * planeWidth;
        for (int x = 0; x < width; x++) {
          int value = pixels[3 * (y * width + x) + channel] & 0xff;
          planes[to + x] = (value - mean[channel]) / deviation[channel];
        }
      }
    }
    return planes;
  }
}
