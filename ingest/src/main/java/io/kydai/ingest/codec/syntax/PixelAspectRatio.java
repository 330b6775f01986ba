package io.kydai.ingest.codec.syntax;

/**
 * The ratio of the width of a displayed pixel to its height (the sample aspect ratio of ITU-T
 * H.264, table E-1, and H.265, table E.1).
 *
 * @param width the width, 1 to 65535, in the same arbitrary unit as the height
 * @param height the height, 1 to 65535
 */
public record PixelAspectRatio(int width, int height) {
  /** The ratio of square pixels. */
  public static final PixelAspectRatio SQUARE = new PixelAspectRatio(1, 1);

  /** The largest plausible ratio; a larger one would turn a small picture into a huge one. */
  private static final int MAX_RATIO = 8;

  /** The largest side, in pixels, to which a picture is enlarged to display its pixels square. */
  private static final int MAX_SIDE = 7680;

  private static final int EXTENDED = 255;
  private static final int[] WIDTHS = {
    1, 1, 12, 10, 16, 40, 24, 20, 32, 80, 18, 15, 64, 160, 4, 3, 2
  };
  private static final int[] HEIGHTS = {
    1, 1, 11, 11, 11, 33, 11, 11, 11, 33, 11, 11, 33, 99, 3, 2, 1
  };

  /**
   * Creates a ratio.
   *
   * @throws IllegalArgumentException when the width or the height is not 1 to 65535
   */
  public PixelAspectRatio {
    if (width < 1 || width > 0xffff || height < 1 || height > 0xffff) {
      throw new IllegalArgumentException(
          "the sides of a pixel are 1 to 65535, not " + width + ":" + height);
    }
  }

  /**
   * Returns the ratio that a stream or file declares; square when a number is 0 or too large, or
   * the ratio is not within 1:8 to 8:1.
   */
  public static PixelAspectRatio declared(int width, int height) {
    boolean plausible =
        width > 0
            && height > 0
            && width <= 0xffff
            && height <= 0xffff
            && width <= MAX_RATIO * height
            && height <= MAX_RATIO * width;
    return plausible && width != height ? new PixelAspectRatio(width, height) : SQUARE;
  }

  /**
   * Returns whether an {@code aspect_ratio_idc} is Extended_SAR, which the ratio itself follows.
   */
  public static boolean isExtended(int idc) {
    return idc == EXTENDED;
  }

  /** Returns the ratio of an {@code aspect_ratio_idc}; square where unspecified or reserved. */
  public static PixelAspectRatio ofTable(int idc) {
    return idc < WIDTHS.length ? declared(WIDTHS[idc], HEIGHTS[idc]) : SQUARE;
  }

  /** Returns whether pixels are square. */
  public boolean isSquare() {
    return width == height;
  }

  /**
   * Returns the width in square pixels at which a picture is displayed. One side is enlarged and
   * none reduced, unless the enlarged one would exceed {@value #MAX_SIDE} pixels; the other side is
   * then reduced instead.
   *
   * @param pictureWidth the width of the decoded picture in pixels
   * @param pictureHeight the height of the decoded picture in pixels
   */
  public int displayWidth(int pictureWidth, int pictureHeight) {
    long stretched = stretched(pictureWidth, width, height);
    boolean grows =
        stretched > pictureWidth
            ? stretched <= MAX_SIDE
            : stretched(pictureHeight, height, width) > MAX_SIDE;
    return grows ? (int) Math.max(1, stretched) : pictureWidth;
  }

  /**
   * Returns the height in square pixels at which a picture is displayed, see {@link #displayWidth}.
   */
  public int displayHeight(int pictureWidth, int pictureHeight) {
    return new PixelAspectRatio(height, width).displayWidth(pictureHeight, pictureWidth);
  }

  private static long stretched(int side, int by, int over) {
    return Math.round((double) side * by / over);
  }

  @Override
  public String toString() {
    return width + ":" + height;
  }
}
