package io.kydai.analytics.regions;

/**
 * A rectangle of a camera's picture, in its pixels.
 *
 * @param left even, as chroma planes need; so is {@code top}
 */
public record Region(int left, int top, int width, int height) {
  public Region {
    if (left < 0 || top < 0 || width < 1 || height < 1 || (left & 1) != 0 || (top & 1) != 0) {
      throw new IllegalArgumentException(
          "no region of a picture: " + left + "," + top + " " + width + "x" + height);
    }
  }

  /** The first column beyond it. */
  public int right() {
    return left + width;
  }

  /** The first row beyond it. */
  public int bottom() {
    return top + height;
  }

  /** Which part of a box, 0..1, lies in it; in pixels of the picture. */
  public double covers(double x, double y, double w, double h) {
    double sharedWidth = Math.min(x + w, right()) - Math.max(x, left);
    double sharedHeight = Math.min(y + h, bottom()) - Math.max(y, top);
    return sharedWidth <= 0 || sharedHeight <= 0 ? 0 : sharedWidth * sharedHeight / (w * h);
  }
}
