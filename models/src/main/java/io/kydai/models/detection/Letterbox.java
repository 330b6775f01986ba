package io.kydai.models.detection;

/**
 * The place of a source picture in a network's input: scaled by the same factor in both directions
 * and centred; the remainder of the input is padding.
 *
 * @param sourceWidth the source picture's width in pixels; it may be smaller than the input's
 * @param sourceHeight the source picture's height in pixels
 * @param input the size of the network's input
 * @param left the number of padding columns left of the picture
 * @param top the number of padding rows above the picture
 * @param width the scaled picture's width in pixels of the input
 * @param height the scaled picture's height in pixels of the input
 */
public record Letterbox(
    int sourceWidth, int sourceHeight, InputSize input, int left, int top, int width, int height) {

  /**
   * Fits a source picture into an input. Offsets, width and height are even, because the chroma
   * planes of 4:2:0 pictures have half the resolution.
   *
   * @throws IllegalArgumentException when the source has no pixels
   */
  public static Letterbox fit(int sourceWidth, int sourceHeight, InputSize input) {
    if (sourceWidth < 1 || sourceHeight < 1) {
      throw new IllegalArgumentException("a picture is at least one pixel wide and high");
    }
    double scale =
        Math.min((double) input.width() / sourceWidth, (double) input.height() / sourceHeight);
    int width = even(Math.min(input.width(), Math.max(2, Math.round(sourceWidth * scale))));
    int height = even(Math.min(input.height(), Math.max(2, Math.round(sourceHeight * scale))));
    int left = even((input.width() - width) / 2);
    int top = even((input.height() - height) / 2);
    return new Letterbox(sourceWidth, sourceHeight, input, left, top, width, height);
  }

  /** Converts a box in pixels of the input to a normalised box of the source, clipped to 0..1. */
  public Box toSource(float left, float top, float right, float bottom) {
    return new Box(
        clip((left - this.left) / width),
        clip((top - this.top) / height),
        clip((right - this.left) / width),
        clip((bottom - this.top) / height));
  }

  private static float clip(float value) {
    return Math.min(1, Math.max(0, value));
  }

  private static int even(long value) {
    return (int) value & ~1;
  }
}
