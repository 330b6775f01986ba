package io.kydai.console.activity;

import io.kydai.analytics.scene.Point;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Cells of a picture that is divided into {@value #COLUMNS} columns and {@value #ROWS} rows. What
 * lies outside of the picture is counted to the cell at its edge. Not for many threads at once.
 */
public final class CellSet {
  static final int COLUMNS = 32;
  static final int ROWS = 18;
  static final int BYTES = COLUMNS * ROWS / Byte.SIZE;
  private static final int WORDS = COLUMNS * ROWS / Long.SIZE;

  /** How many points of a line are looked at in a cell's width. */
  private static final int STEPS = 8;

  private final long[] words = new long[WORDS];

  /**
   * Returns the cells that a polygon touches.
   *
   * @param corners at least three, from 0 to 1
   */
  public static CellSet touching(List<Point> corners) {
    CellSet cells = new CellSet();
    Point last = corners.get(corners.size() - 1);
    for (Point corner : corners) {
      cells.addLine(last, corner);
      last = corner;
    }
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        if (contains(corners, (column + 0.5) / COLUMNS, (row + 0.5) / ROWS)) {
          cells.add(column, row);
        }
      }
    }
    return cells;
  }

  /** Even-odd rule. */
  private static boolean contains(List<Point> corners, double x, double y) {
    boolean inside = false;
    Point last = corners.get(corners.size() - 1);
    for (Point corner : corners) {
      boolean between = corner.y() > y != last.y() > y;
      if (between
          && x
              < (last.x() - corner.x()) * (y - corner.y()) / (last.y() - corner.y()) + corner.x()) {
        inside = !inside;
      }
      last = corner;
    }
    return inside;
  }

  static CellSet read(ByteBuffer in) {
    CellSet cells = new CellSet();
    for (int i = 0; i < WORDS; i++) {
      cells.words[i] = in.getLong();
    }
    return cells;
  }

  void write(ByteBuffer out) {
    for (long word : words) {
      out.putLong(word);
    }
  }

  /** Adds the cells on the way between two points. */
  void addLine(Point from, Point to) {
    double dx = to.x() - from.x();
    double dy = to.y() - from.y();
    double cells = Math.max(Math.abs(dx) * COLUMNS, Math.abs(dy) * ROWS);
    int steps = (int) Math.min(1000, Math.ceil(cells * STEPS)) + 1;
    for (int i = 0; i <= steps; i++) {
      double part = (double) i / steps;
      add(
          (int) Math.floor((from.x() + part * dx) * COLUMNS),
          (int) Math.floor((from.y() + part * dy) * ROWS));
    }
  }

  private void add(int column, int row) {
    int cell =
        Math.max(0, Math.min(ROWS - 1, row)) * COLUMNS + Math.max(0, Math.min(COLUMNS - 1, column));
    words[cell / Long.SIZE] |= 1L << cell % Long.SIZE;
  }

  void addAll(CellSet other) {
    for (int i = 0; i < WORDS; i++) {
      words[i] |= other.words[i];
    }
  }

  boolean meets(CellSet other) {
    for (int i = 0; i < WORDS; i++) {
      if ((words[i] & other.words[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  int count() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }
}
