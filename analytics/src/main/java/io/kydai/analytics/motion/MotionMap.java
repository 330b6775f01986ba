package io.kydai.analytics.motion;

import io.kydai.models.detection.Box;
import java.util.BitSet;

/**
 * Which parts of one picture move: a grid of cells over the whole of it, from left to right and
 * from top to bottom. Immutable.
 */
public final class MotionMap {
  /** A map of one cell without knowledge. */
  public static final MotionMap UNKNOWN = unknown(1, 1);

  private final int columns;
  private final int rows;
  private final BitSet moving;
  private final boolean known;

  MotionMap(int columns, int rows, BitSet moving) {
    this(columns, rows, moving, true);
  }

  private MotionMap(int columns, int rows, BitSet moving, boolean known) {
    this.columns = columns;
    this.rows = rows;
    this.moving = moving;
    this.known = known;
  }

  /** A map without knowledge, in which every cell counts as moving. */
  static MotionMap unknown(int columns, int rows) {
    BitSet all = new BitSet(columns * rows);
    all.set(0, columns * rows);
    return new MotionMap(columns, rows, all, false);
  }

  /** Cells side by side. */
  public int columns() {
    return columns;
  }

  /** Cells on top of each other. */
  public int rows() {
    return rows;
  }

  /**
   * Returns whether it was measured. Otherwise, as on a camera's first picture, there was nothing
   * to compare with, and every cell counts as moving.
   */
  public boolean known() {
    return known;
  }

  /** Returns whether nothing moves anywhere. */
  public boolean still() {
    return moving.isEmpty();
  }

  /**
   * Returns whether a cell moves.
   *
   * @param column 0 to {@code columns() - 1}
   * @param row 0 to {@code rows() - 1}
   * @throws IndexOutOfBoundsException when there is no such cell
   */
  public boolean moving(int column, int row) {
    if (column < 0 || column >= columns || row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException("no cell " + column + "," + row);
    }
    return moving.get(row * columns + column);
  }

  /** How many cells move. */
  public int movingCells() {
    return moving.cardinality();
  }

  /** Returns whether something moves in any cell that a part of the picture touches. */
  public boolean movingIn(Box part) {
    int left = clamp((int) Math.floor(part.left() * columns), columns);
    int right = clamp((int) Math.ceil(part.right() * columns) - 1, columns);
    int top = clamp((int) Math.floor(part.top() * rows), rows);
    int bottom = clamp((int) Math.ceil(part.bottom() * rows) - 1, rows);
    for (int row = top; row <= bottom; row++) {
      int next = moving.nextSetBit(row * columns + left);
      if (next >= 0 && next <= row * columns + right) {
        return true;
      }
    }
    return false;
  }

  private static int clamp(int index, int count) {
    return Math.max(0, Math.min(count - 1, index));
  }

  /** Where a cell lies, normalised. */
  public Box cell(int column, int row) {
    return new Box(
        (float) column / columns,
        (float) row / rows,
        (float) (column + 1) / columns,
        (float) (row + 1) / rows);
  }

  /** One row of the grid a line: {@code #} moves, {@code .} is still. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder((columns + 1) * rows);
    for (int cell = 0; cell < columns * rows; cell++) {
      text.append(moving.get(cell) ? '#' : '.');
      if ((cell + 1) % columns == 0) {
        text.append('\n');
      }
    }
    return text.toString();
  }
}
