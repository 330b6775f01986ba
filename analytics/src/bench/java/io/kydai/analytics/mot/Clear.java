package io.kydai.analytics.mot;

import io.kydai.analytics.tracking.Assignment;
import java.util.Arrays;

/**
 * The CLEAR measures (Bernardin and Stiefelhagen, EURASIP 2008) with TrackEval's choices: pairs
 * overlap by one half, a pair of the frame before is kept wherever possible, MOTP is the mean
 * overlap of the pairs (higher is better).
 *
 * @param tp pairs
 * @param fp results without truth
 * @param fn truth without results
 * @param switches how often a truth object is paired with another track than the time before
 * @param fragments how often a truth object is found again after it was not
 * @param mostly truth objects that are found on more than 80 % of their frames
 * @param partly on 20 to 80 %
 * @param lost on less than 20 %
 * @param overlap sum over the pairs
 */
public record Clear(
    int tp,
    int fp,
    int fn,
    int switches,
    int fragments,
    int mostly,
    int partly,
    int lost,
    double overlap) {
  private static final double LEAST = 0.5;
  private static final int NONE = -1;

  public static Clear of(MotPairs pairs) {
    Assignment assignment = new Assignment();
    int n = pairs.truthIds();
    int[] everBefore = filled(n);
    int[] justBefore = filled(n);
    int[] present = new int[n];
    int[] paired = new int[n];
    int[] begun = new int[n];
    int tp = 0;
    int fp = 0;
    int fn = 0;
    int switches = 0;
    double overlap = 0;
    for (MotPairs.Moment frame : pairs.frames()) {
      int rows = frame.truth().length;
      int columns = frame.results().length;
      for (int id : frame.truth()) {
        present[id]++;
      }
      if (rows == 0 || columns == 0) {
        fp += columns;
        fn += rows;
        continue; // and what was paired before counts as just before on the next frame
      }
      int[] match = match(frame, justBefore, assignment);
      int[] now = filled(n);
      int found = 0;
      for (int r = 0; r < rows; r++) {
        if (match[r] == NONE) {
          continue;
        }
        int id = frame.truth()[r];
        int track = frame.results()[match[r]];
        switches += everBefore[id] != NONE && everBefore[id] != track ? 1 : 0;
        begun[id] += justBefore[id] == NONE ? 1 : 0;
        everBefore[id] = track;
        now[id] = track;
        paired[id]++;
        overlap += frame.overlap(r, match[r]);
        found++;
      }
      justBefore = now;
      tp += found;
      fp += columns - found;
      fn += rows - found;
    }
    return count(present, paired, begun, new Clear(tp, fp, fn, switches, 0, 0, 0, 0, overlap));
  }

  private static int[] match(MotPairs.Moment frame, int[] justBefore, Assignment assignment) {
    int columns = frame.results().length;
    double[] cost = new double[frame.overlap().length];
    for (int i = 0; i < cost.length; i++) {
      boolean kept = justBefore[frame.truth()[i / columns]] == frame.results()[i % columns];
      boolean enough = frame.overlap()[i] >= LEAST - MotPairs.EPSILON;
      cost[i] = enough ? -frame.overlap()[i] - (kept ? 1000 : 0) : 0;
    }
    int[] match = new int[frame.truth().length];
    assignment.solve(cost, match.length, columns, 0, match);
    for (int r = 0; r < match.length; r++) {
      if (match[r] >= 0 && cost[r * columns + match[r]] == 0) {
        match[r] = NONE;
      }
    }
    return match;
  }

  private static Clear count(int[] present, int[] paired, int[] begun, Clear sums) {
    int mostly = 0;
    int partly = 0;
    int fragments = 0;
    for (int id = 0; id < present.length; id++) {
      double share = paired[id] / (double) present[id];
      mostly += share > 0.8 ? 1 : 0;
      partly += share >= 0.2 && share <= 0.8 ? 1 : 0;
      fragments += Math.max(0, begun[id] - 1);
    }
    int lost = present.length - mostly - partly;
    return new Clear(
        sums.tp, sums.fp, sums.fn, sums.switches, fragments, mostly, partly, lost, sums.overlap);
  }

  private static int[] filled(int size) {
    int[] filled = new int[size];
    Arrays.fill(filled, NONE);
    return filled;
  }

  public double mota() {
    return (tp - fp - switches) / (double) Math.max(1, tp + fn);
  }

  public double motp() {
    return overlap / Math.max(1, tp);
  }

  public double recall() {
    return tp / (double) Math.max(1, tp + fn);
  }

  public double precision() {
    return tp / (double) Math.max(1, tp + fp);
  }

  public Clear plus(Clear other) {
    return new Clear(
        tp + other.tp,
        fp + other.fp,
        fn + other.fn,
        switches + other.switches,
        fragments + other.fragments,
        mostly + other.mostly,
        partly + other.partly,
        lost + other.lost,
        overlap + other.overlap);
  }
}
