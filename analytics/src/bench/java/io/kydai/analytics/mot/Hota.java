package io.kydai.analytics.mot;

import io.kydai.analytics.tracking.Assignment;

/**
 * Higher Order Tracking Accuracy (Luiten et al., IJCV 2021): detection and association weighed
 * evenly, as the mean over the overlaps 0.05, 0.10 … 0.95.
 *
 * @param hota mean of the geometric means of DetA and AssA
 * @param detection DetA
 * @param association AssA
 * @param location LocA: mean overlap of the pairs
 */
public record Hota(double hota, double detection, double association, double location) {
  private static final int THRESHOLDS = 19;

  public static Hota of(MotPairs pairs) {
    int rows = pairs.truthIds();
    int columns = pairs.resultIds();
    int[] truthCount = new int[rows];
    int[] resultCount = new int[columns];
    double[] alignment = alignment(pairs, truthCount, resultCount);
    int[][] together = new int[THRESHOLDS][rows * columns];
    int[] tp = new int[THRESHOLDS];
    double[] overlap = new double[THRESHOLDS];
    int truths = 0;
    int results = 0;
    Assignment assignment = new Assignment();
    for (MotPairs.Moment frame : pairs.frames()) {
      int width = frame.results().length;
      truths += frame.truth().length;
      results += width;
      double[] cost = new double[frame.overlap().length];
      for (int i = 0; i < cost.length; i++) {
        int pair = frame.truth()[i / width] * columns + frame.results()[i % width];
        cost[i] = -alignment[pair] * frame.overlap()[i];
      }
      int[] match = new int[frame.truth().length];
      assignment.solve(cost, match.length, width, 0, match);
      for (int r = 0; r < match.length; r++) {
        if (match[r] < 0) {
          continue;
        }
        double iou = frame.overlap(r, match[r]);
        int pair = frame.truth()[r] * columns + frame.results()[match[r]];
        for (int a = 0; a < THRESHOLDS && iou >= threshold(a) - MotPairs.EPSILON; a++) {
          tp[a]++;
          overlap[a] += iou;
          together[a][pair]++;
        }
      }
    }
    double[] sums = new double[4];
    for (int a = 0; a < THRESHOLDS; a++) {
      double detection = tp[a] / (double) Math.max(1, truths + results - tp[a]);
      double association = associated(together[a], truthCount, resultCount) / Math.max(1, tp[a]);
      sums[0] += Math.sqrt(detection * association);
      sums[1] += detection;
      sums[2] += association;
      sums[3] += Math.max(1e-10, overlap[a]) / Math.max(1e-10, tp[a]);
    }
    return new Hota(
        sums[0] / THRESHOLDS, sums[1] / THRESHOLDS, sums[2] / THRESHOLDS, sums[3] / THRESHOLDS);
  }

  private static double threshold(int number) {
    return 0.05 + 0.05 * number;
  }

  /** How much each object and each track are together over the whole sequence, as a Jaccard. */
  private static double[] alignment(MotPairs pairs, int[] truthCount, int[] resultCount) {
    int columns = resultCount.length;
    double[] shared = new double[truthCount.length * columns];
    for (MotPairs.Moment frame : pairs.frames()) {
      int width = frame.results().length;
      double[] rowSum = new double[frame.truth().length];
      double[] columnSum = new double[width];
      for (int i = 0; i < frame.overlap().length; i++) {
        rowSum[i / width] += frame.overlap()[i];
        columnSum[i % width] += frame.overlap()[i];
      }
      for (int i = 0; i < frame.overlap().length; i++) {
        double iou = frame.overlap()[i];
        double all = rowSum[i / width] + columnSum[i % width] - iou;
        if (all > MotPairs.EPSILON) {
          shared[frame.truth()[i / width] * columns + frame.results()[i % width]] += iou / all;
        }
      }
      for (int id : frame.truth()) {
        truthCount[id]++;
      }
      for (int id : frame.results()) {
        resultCount[id]++;
      }
    }
    for (int i = 0; i < shared.length; i++) {
      shared[i] /= truthCount[i / columns] + resultCount[i % columns] - shared[i];
    }
    return shared;
  }

  private static double associated(int[] together, int[] truthCount, int[] resultCount) {
    double sum = 0;
    for (int i = 0; i < together.length; i++) {
      int all = truthCount[i / resultCount.length] + resultCount[i % resultCount.length];
      sum += together[i] * (together[i] / (double) Math.max(1, all - together[i]));
    }
    return sum;
  }
}
