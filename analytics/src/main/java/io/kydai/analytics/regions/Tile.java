package io.kydai.analytics.regions;

import static java.util.Objects.requireNonNull;

/**
 * A region and where it lies in a network's input.
 *
 * @param left in pixels of the input, as are top, width and height
 */
public record Tile(Region region, int left, int top, int width, int height) {
  public Tile {
    requireNonNull(region);
    if (left < 0 || top < 0 || width < 2 || height < 2) {
      throw new IllegalArgumentException(
          "no place in an input: " + left + "," + top + " " + width + "x" + height);
    }
  }

  boolean holds(double x, double y) {
    return x >= left && x < left + width && y >= top && y < top + height;
  }
}
