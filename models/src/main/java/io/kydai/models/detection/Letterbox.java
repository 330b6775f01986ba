package io.kydai.models.detection;

/**
 * How a source picture lies in a network's input: scaled alike in both directions, centred, the
 * rest padded.
 *
 * @param sourceWidth the source picture's width in pixels; it may be smaller than the input's
 * @param sourceHeight the source picture's height in pixels
 * @param input the network's input
 * @param left columns of padding before the picture
 * @param top rows of padding above the picture
 * @param width columns that the picture takes
 * @param height rows that the picture takes
 */
public record Letterbox(
    int sourceWidth, int sourceHeight, InputSize input, int left, int top, int width, int height) {

  /** Fits a source picture into an input; offsets and sides are even, as chroma planes need. */
  public static Letterbox fit(int sourceWidth, int sourceHeight, InputSize input) {
    if (sourceWidth < 1 || sourceHeight < 1) {
      throw new IllegalArgumentException("a picture has at least one pixel");
    }
    double scale =
        Math.min((double) input.width() / sourceWidth, (double) input.height() / sourceHeight);
    int width = even(Math.min(input.width(), Math.max(2, Math.round(sourceWidth * scale))));
    int height = even(Math.min(input.height(), Math.max(2, Math.round(sourceHeight * scale))));
    int left = even((input.width() - width) / 2);
    int top = even((input.height() - height) / 2);
    return new Letterbox(sourceWidth, sourceHeight, input, left, top, width, height);
  }

  /** A box in pixels of the input, as a normalised box of the source picture, clipped to it. */
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
