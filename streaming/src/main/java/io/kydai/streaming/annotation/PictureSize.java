package io.kydai.streaming.annotation;

/**
 * The size of a copy's pictures, in pixels: both sides even, because H.264's chroma has half the
 * resolution, and within what libopenh264 takes. A picture beyond that is made smaller or larger in
 * its own proportions; one side of a picture that is extremely long stays at the least.
 *
 * @param width even, {@value #LEAST} to {@value #MOST_WIDE}
 * @param height even, {@value #LEAST} to {@value #MOST_WIDE}; the two together at most 3840 by 2160
 *     or 2160 by 3840
 */
public record PictureSize(int width, int height) {
  private static final int LEAST = 16;
  private static final int MOST_WIDE = 3840;
  private static final int MOST_HIGH = 2160;

  /**
   * The size of the copies of pictures.
   *
   * @param width of the pictures as they are shown, at least 1
   * @param height likewise
   */
  public static PictureSize of(int width, int height) {
    boolean upright = height > width;
    double most =
        upright
            ? Math.min((double) MOST_HIGH / width, (double) MOST_WIDE / height)
            : Math.min((double) MOST_WIDE / width, (double) MOST_HIGH / height);
    double least = (double) LEAST / Math.min(width, height);
    double scale = Math.min(most, Math.max(1, least));
    return new PictureSize(even(width * scale), even(height * scale));
  }

  private static int even(double side) {
    return Math.max(LEAST, (int) Math.round(side) & ~1);
  }
}
