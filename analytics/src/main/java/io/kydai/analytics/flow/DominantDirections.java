package io.kydai.analytics.flow;

/**
 * The one direction that most of what passes a cell takes, for each cell of a grid. The histograms
 * are smoothed over the eight neighbours first (binomially), so that single paths become a field.
 * Directions are angles in a picture whose x and y have one scale, clockwise from its right.
 */
final class DominantDirections {
  /** More of the opposite direction than this, and a cell belongs to neither. */
  private static final double CONTESTED = 0.3;

  private static final int[] KERNEL = {1, 2, 1};
  private static final double[] COS = new double[FlowGrid.DIRECTIONS];
  private static final double[] SIN = new double[FlowGrid.DIRECTIONS];

  static {
    for (int i = 0; i < FlowGrid.DIRECTIONS; i++) {
      COS[i] = Math.cos(2 * Math.PI * i / FlowGrid.DIRECTIONS);
      SIN[i] = Math.sin(2 * Math.PI * i / FlowGrid.DIRECTIONS);
    }
  }

  /** How much takes the direction; 0 where nothing does, or as much comes against it. */
  final double[] weight = new double[FlowGrid.CELLS];

  /** Unit vectors. */
  final double[] dx = new double[FlowGrid.CELLS];

  final double[] dy = new double[FlowGrid.CELLS];

  DominantDirections(FlowGrid grid) {
    double[] bins = new double[FlowGrid.DIRECTIONS];
    for (int cell = 0; cell < FlowGrid.CELLS; cell++) {
      smooth(grid, cell, bins);
      choose(cell, bins);
    }
  }

  private static void smooth(FlowGrid grid, int cell, double[] bins) {
    java.util.Arrays.fill(bins, 0);
    int column = cell % FlowGrid.COLUMNS;
    int row = cell / FlowGrid.COLUMNS;
    for (int r = Math.max(0, row - 1); r <= Math.min(FlowGrid.ROWS - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(FlowGrid.COLUMNS - 1, column + 1); c++) {
        double share = KERNEL[r - row + 1] * KERNEL[c - column + 1] / 16.0;
        for (int i = 0; i < FlowGrid.DIRECTIONS; i++) {
          bins[i] += share * grid.towards(i, r * FlowGrid.COLUMNS + c);
        }
      }
    }
  }

  private void choose(int cell, double[] bins) {
    int best = 0;
    for (int i = 1; i < FlowGrid.DIRECTIONS; i++) {
      if (around(bins, i) > around(bins, best)) {
        best = i;
      }
    }
    double along = around(bins, best);
    if (along > 0 && around(bins, best + FlowGrid.DIRECTIONS / 2) <= CONTESTED * along) {
      double x = 0;
      double y = 0;
      for (int i = best - 1; i <= best + 1; i++) {
        x += bins[wrap(i)] * COS[wrap(i)];
        y += bins[wrap(i)] * SIN[wrap(i)];
      }
      double length = Math.hypot(x, y);
      weight[cell] = along;
      dx[cell] = x / length;
      dy[cell] = y / length;
    }
  }

  private static double around(double[] bins, int i) {
    return bins[wrap(i - 1)] + bins[wrap(i)] + bins[wrap(i + 1)];
  }

  private static int wrap(int i) {
    return Math.floorMod(i, FlowGrid.DIRECTIONS);
  }

  /** The sum of a cell's directions as a vector, x first, unsmoothed; and what was summed. */
  static double[] sum(FlowGrid grid, int cell) {
    double[] sum = new double[3];
    for (int i = 0; i < FlowGrid.DIRECTIONS; i++) {
      double much = grid.towards(i, cell);
      sum[0] += much * COS[i];
      sum[1] += much * SIN[i];
      sum[2] += much;
    }
    return sum;
  }

  /** How much of what is in a cell goes along a direction (positive parts), and against it. */
  static double[] alongAndAgainst(FlowGrid grid, int cell, double dx, double dy) {
    double[] both = new double[2];
    for (int i = 0; i < FlowGrid.DIRECTIONS; i++) {
      double part = COS[i] * dx + SIN[i] * dy;
      both[part > 0 ? 0 : 1] += grid.towards(i, cell) * Math.abs(part);
    }
    return both;
  }
}
