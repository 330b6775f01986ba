package io.kydai.analytics.mot;

import io.kydai.analytics.tracking.Assignment;

/**
 * The identity measures (Ristani et al., ECCV workshops 2016): each object is given to at most one
 * track for the whole sequence, so that most boxes agree (overlap of at least one half).
 *
 * @param tp boxes that agree
 * @param fp boxes of tracks that do not
 * @param fn boxes of the truth that do not
 */
public record Identity(int tp, int fp, int fn) {
  private static final double LEAST = 0.5;

  public static Identity of(MotPairs pairs) {
    int rows = pairs.truthIds();
    int columns = pairs.resultIds();
    double[] cost = new double[rows * columns]; // minus the frames together
    int truth = 0;
    int results = 0;
    for (MotPairs.Moment frame : pairs.frames()) {
      truth += frame.truth().length;
      results += frame.results().length;
      for (int r = 0; r < frame.truth().length; r++) {
        for (int c = 0; c < frame.results().length; c++) {
          if (frame.overlap(r, c) >= LEAST) {
            cost[frame.truth()[r] * columns + frame.results()[c]]--;
          }
        }
      }
    }
    int[] match = new int[rows];
    new Assignment().solve(cost, rows, columns, 0, match);
    int tp = 0;
    for (int r = 0; r < rows; r++) {
      tp -= match[r] < 0 ? 0 : (int) cost[r * columns + match[r]];
    }
    return new Identity(tp, results - tp, truth - tp);
  }

  public double idf1() {
    return tp / Math.max(1, tp + 0.5 * fp + 0.5 * fn);
  }

  public double precision() {
    return tp / (double) Math.max(1, tp + fp);
  }

  public double recall() {
    return tp / (double) Math.max(1, tp + fn);
  }
}
