package io.kydai.ingest.codec.syntax;

/**
 * How wide a pixel is shown in relation to its height (the sample aspect ratio of ITU-T H.264 and
 * H.265, table E-1).
 *
 * @param width 1 to 65535, in the same unit as the height
 * @param height 1 to 65535
 */
public record PixelAspectRatio(int width, int height) {
  public static final PixelAspectRatio SQUARE = new PixelAspectRatio(1, 1);

  /** Beyond 8:1 and 1:8 a ratio is taken for a mistake: a strip would become a huge picture. */
  private static final int MOST = 8;

  /** A picture does not grow beyond this side for its pixels to be shown square. */
  private static final int LARGEST_SIDE = 7680;

  private static final int EXTENDED = 255;
  private static final int[] WIDTHS = {
    1, 1, 12, 10, 16, 40, 24, 20, 32, 80, 18, 15, 64, 160, 4, 3, 2
  };
  private static final int[] HEIGHTS = {
    1, 1, 11, 11, 11, 33, 11, 11, 11, 33, 11, 11, 33, 99, 3, 2, 1
  };

  /**
   * @throws IllegalArgumentException when a side is not 1 to 65535
   */
  public PixelAspectRatio {
    if (width < 1 || width > 0xffff || height < 1 || height > 0xffff) {
      throw new IllegalArgumentException("a pixel of " + width + ":" + height);
    }
  }

  /** A ratio as a stream tells it; square where it is none (0) or out of 1:8 to 8:1. */
  public static PixelAspectRatio told(int width, int height) {
    boolean sane =
        width > 0
            && height > 0
            && width <= 0xffff
            && height <= 0xffff
            && width <= MOST * height
            && height <= MOST * width;
    return sane && width != height ? new PixelAspectRatio(width, height) : SQUARE;
  }

  /** Whether an {@code aspect_ratio_idc} says that the ratio follows: Extended_SAR. */
  public static boolean isExtended(int idc) {
    return idc == EXTENDED;
  }

  /** The ratio of an {@code aspect_ratio_idc}, 0 to 255; square where unspecified or reserved. */
  public static PixelAspectRatio ofTable(int idc) {
    return idc < WIDTHS.length ? told(WIDTHS[idc], HEIGHTS[idc]) : SQUARE;
  }

  public boolean isSquare() {
    return width == height;
  }

  /**
   * In how many square pixels a picture is shown as wide as it should be. One side grows and none
   * shrinks, unless it would grow beyond {@value #LARGEST_SIDE}.
   *
   * @param pictureWidth in pixels
   * @param pictureHeight in pixels
   */
  public int displayWidth(int pictureWidth, int pictureHeight) {
    long stretched = stretched(pictureWidth, width, height);
    boolean grows =
        stretched > pictureWidth
            ? stretched <= LARGEST_SIDE
            : stretched(pictureHeight, height, width) > LARGEST_SIDE;
    return grows ? (int) Math.max(1, stretched) : pictureWidth;
  }

  /** As {@link #displayWidth}, its height. */
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
