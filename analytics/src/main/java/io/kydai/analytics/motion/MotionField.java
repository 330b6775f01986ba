package io.kydai.analytics.motion;

import java.util.Arrays;

/**
 * The motion of a picture, as its encoder declared it or as {@link OpticalFlow} measured it, on a
 * grid of cells of {@value #CELL} × {@value #CELL} pixels: how far the content of each cell has
 * moved since the reference picture. Immutable.
 *
 * <p>Bound: four bytes for each cell, 130 kB for 1920×1080.
 */
public final class MotionField {
  /** The side of a cell in pixels, as they are stored. */
  public static final int CELL = 8;

  /** Vectors are in these parts of a pixel. */
  public static final int PARTS = 4;

  private static final short UNKNOWN = Short.MIN_VALUE;

  /** No motion is known: an intra picture, or a stream that declares none. It has no cells. */
  public static final MotionField NONE = new MotionField(new Builder(0, 0, false));

  /**
   * The picture is passed over: the next one's motion is that of the whole time. It has no cells.
   */
  public static final MotionField PASSED_OVER = new MotionField(new Builder(0, 0, true));

  private final int width;
  private final int height;
  private final int columns;
  private final boolean bidirectional;
  private final short[] dx;
  private final short[] dy;

  private MotionField(Builder from) {
    this.width = from.width;
    this.height = from.height;
    this.columns = from.columns;
    this.bidirectional = from.bidirectional;
    this.dx = from.dx;
    this.dy = from.dy;
  }

  /** The picture's width in pixels, as they are stored. */
  public int width() {
    return width;
  }

  /** The picture's height in pixels, as they are stored. */
  public int height() {
    return height;
  }

  /** The number of cells beside each other. */
  public int columns() {
    return columns;
  }

  /** The number of cells below each other. */
  public int rows() {
    return (height + CELL - 1) / CELL;
  }

  /** Returns whether it has no cells. */
  public boolean isEmpty() {
    return dx.length == 0;
  }

  /**
   * Whether the picture is a B-picture, whose references lie at unknown distances on both sides, or
   * passed over. Any other picture's vectors lead from the picture shown before it that is neither.
   */
  public boolean bidirectional() {
    return bidirectional;
  }

  /** Returns whether a cell has a vector; a cell that was coded without reference has none. */
  public boolean known(int column, int row) {
    return dx[row * columns + column] != UNKNOWN;
  }

  /** Returns how far a cell with a vector moved to the right, in quarters of a pixel. */
  public int dx(int column, int row) {
    return dx[row * columns + column];
  }

  /** Returns how far a cell with a vector moved down, in quarters of a pixel. */
  public int dy(int column, int row) {
    return dy[row * columns + column];
  }

  /** Collects a picture's vectors. To be used once. */
  public static final class Builder {
    private final int width;
    private final int height;
    private final int columns;
    private final int rows;
    private final boolean bidirectional;
    private final short[] dx;
    private final short[] dy;

    /**
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     * @param bidirectional whether it is a B-picture
     */
    public Builder(int width, int height, boolean bidirectional) {
      this.width = width;
      this.height = height;
      this.bidirectional = bidirectional;
      this.columns = (width + CELL - 1) / CELL;
      this.rows = (height + CELL - 1) / CELL;
      this.dx = new short[columns * rows];
      this.dy = new short[columns * rows];
      Arrays.fill(dx, UNKNOWN);
    }

    /**
     * Notes a block's motion, in quarters of a pixel. A block outside the picture is passed over;
     * of several in one cell the last one stands for it.
     *
     * @param left of the block in pixels
     * @param top of the block in pixels
     * @param right how far its content moved to the right since the reference picture
     * @param down how far it moved down
     */
    public void add(int left, int top, int blockWidth, int blockHeight, int right, int down) {
      short x = limited(right);
      short y = limited(down);
      int lastColumn = Math.min(columns - 1, Math.floorDiv(left + blockWidth - 1, CELL));
      int lastRow = Math.min(rows - 1, Math.floorDiv(top + blockHeight - 1, CELL));
      for (int row = Math.max(0, top) / CELL; row <= lastRow; row++) {
        for (int column = Math.max(0, left) / CELL; column <= lastColumn; column++) {
          dx[row * columns + column] = x;
          dy[row * columns + column] = y;
        }
      }
    }

    private static short limited(int value) {
      return (short) Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, value));
    }

    public MotionField build() {
      return new MotionField(this);
    }
  }
}
