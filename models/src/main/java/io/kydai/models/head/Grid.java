package io.kydai.models.head;

import io.kydai.models.detection.InputSize;

/**
 * The cells of a network's feature maps, numbered stride after stride, row after row. Immutable.
 * Where a stride does not divide a side, the last cell is cut, as padded convolutions do it.
 */
final class Grid {
  private final int[] strides;
  private final int[] columns;
  private final int[] first;

  /**
   * @param strides in pixels of the input, in the order of the numbers
   */
  Grid(InputSize input, int... strides) {
    this.strides = strides.clone();
    columns = new int[strides.length];
    first = new int[strides.length + 1];
    for (int level = 0; level < strides.length; level++) {
      columns[level] = cells(input.width(), strides[level]);
      first[level + 1] = first[level] + columns[level] * cells(input.height(), strides[level]);
    }
  }

  private static int cells(int side, int stride) {
    return (side + stride - 1) / stride;
  }

  /** Cells of all strides together. */
  int size() {
    return first[strides.length];
  }

  /** A cell's place among the strides. */
  int level(int cell) {
    int level = 0;
    while (cell >= first[level + 1]) {
      level++;
    }
    return level;
  }

  int stride(int level) {
    return strides[level];
  }

  int column(int cell, int level) {
    return (cell - first[level]) % columns[level];
  }

  int row(int cell, int level) {
    return (cell - first[level]) / columns[level];
  }
}
