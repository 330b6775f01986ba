package io.kydai.analytics.tracking;

import java.util.Arrays;

/**
 * The linear assignment problem: pairs rows with columns so that the sum of costs is smallest.
 *
 * <p>Shortest augmenting paths with dual variables (Kuhn's Hungarian method as Jonker and Volgenant
 * arranged it, Computing 38, 1987, without their column reduction): O(rows² · columns). Working
 * arrays are kept between calls and grow to the largest problem seen; {@link ByteTracker} bounds
 * it. One thread at a time.
 */
public final class Assignment {
  private double[] u = new double[0];
  private double[] v = new double[0];
  private double[] shortest = new double[0];
  private int[] rowOf = new int[0];
  private int[] before = new int[0];
  private boolean[] used = new boolean[0];

  /**
   * @param cost rows × columns, row after row; each finite
   * @param limit a pair that costs more than this is left apart, and costs as much as this
   * @param match receives the column of each row, or -1
   */
  public void solve(double[] cost, int rows, int columns, double limit, int[] match) {
    // Every row has a private spare column of the price `limit`: to stay alone is a choice too.
    int all = columns + rows;
    ensure(rows, all);
    Arrays.fill(u, 0, rows + 1, 0);
    Arrays.fill(v, 0, all + 1, 0);
    Arrays.fill(rowOf, 0, all + 1, 0);
    for (int row = 1; row <= rows; row++) {
      rowOf[0] = row;
      int column = 0;
      Arrays.fill(shortest, 0, all + 1, Double.MAX_VALUE);
      Arrays.fill(used, 0, all + 1, false);
      do {
        used[column] = true;
        int current = rowOf[column];
        int next = -1;
        double delta = Double.MAX_VALUE;
        for (int j = 1; j <= all; j++) {
          if (used[j]) {
            continue;
          }
          double price =
              j <= columns ? Math.min(cost[(current - 1) * columns + j - 1], 2 * limit + 1) : limit;
          double reduced = price - u[current] - v[j];
          if (reduced < shortest[j]) {
            shortest[j] = reduced;
            before[j] = column;
          }
          if (shortest[j] < delta) {
            delta = shortest[j];
            next = j;
          }
        }
        for (int j = 0; j <= all; j++) {
          if (used[j]) {
            u[rowOf[j]] += delta;
            v[j] -= delta;
          } else {
            shortest[j] -= delta;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      do {
        int previous = before[column];
        rowOf[column] = rowOf[previous];
        column = previous;
      } while (column != 0);
    }
    Arrays.fill(match, 0, rows, -1);
    for (int j = 1; j <= columns; j++) {
      int row = rowOf[j] - 1;
      if (row >= 0 && cost[row * columns + j - 1] <= limit) {
        match[row] = j - 1;
      }
    }
  }

  private void ensure(int rows, int all) {
    if (u.length < rows + 1) {
      u = new double[2 * rows + 1];
    }
    if (v.length < all + 1) {
      int size = 2 * all + 1;
      v = new double[size];
      shortest = new double[size];
      rowOf = new int[size];
      before = new int[size];
      used = new boolean[size];
    }
  }
}
