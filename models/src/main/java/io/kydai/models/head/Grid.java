package io.kydai.models.head;

import io.kydai.models.detection.InputSize;

/**
 * The cells of a network's feature maps, numbered stride after stride and row after row. Where a
 * stride does not divide the input's width or height, the number of cells is rounded up, as it is
 * by padded convolutions. A grid is immutable.
 */
final class Grid {
  private final int[] strides;
  private final int[] columns;
  private final int[] first;

  /**
   * Creates the grid of an input.
   *
   * @param strides the strides in pixels of the input, in the order of the cells' numbers
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

  /** Returns the number of cells of all strides. */
  int size() {
    return first[strides.length];
  }

  /** Returns the index of the stride to which a cell belongs. */
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
