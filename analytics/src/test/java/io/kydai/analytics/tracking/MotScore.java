package io.kydai.analytics.tracking;

import io.kydai.analytics.mot.MotData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * CLEAR-MOT (Bernardin and Stiefelhagen, 2008) and IDF1 (Ristani et al., 2016), with TrackEval's
 * choices: overlap of at least one half, and a pair of the frame before is kept where possible.
 */
record MotScore(int truth, int tp, int fp, int misses, int switches, int idTp, int found) {
  double mota() {
    return 1 - (fp + misses + switches) / (double) truth;
  }

  double idf1() {
    return 2.0 * idTp / (truth + found);
  }

  static MotScore of(
      SortedMap<Integer, List<MotData.Entry>> truth,
      SortedMap<Integer, List<MotData.Entry>> results) {
    Assignment assignment = new Assignment();
    Map<Integer, Integer> last = new HashMap<>(); // truth id → result id, ever
    Map<Integer, Integer> before = new HashMap<>(); // of the frame before
    Map<Long, Integer> together = new HashMap<>();
    int truths = 0;
    int found = 0;
    int tp = 0;
    int switches = 0;
    TreeSet<Integer> frames = new TreeSet<>(truth.keySet());
    frames.addAll(results.keySet());
    for (int frame : frames) {
      List<MotData.Entry> real = truth.getOrDefault(frame, List.of());
      List<MotData.Entry> seen = results.getOrDefault(frame, List.of());
      truths += real.size();
      found += seen.size();
      double[] cost = new double[real.size() * seen.size()];
      for (int r = 0; r < real.size(); r++) {
        for (int s = 0; s < seen.size(); s++) {
          double iou = iou(real.get(r), seen.get(s));
          int at = r * seen.size() + s;
          cost[at] = 5000;
          if (iou >= 0.5 - 1e-9) {
            together.merge(pair(real.get(r).id(), seen.get(s).id()), 1, Integer::sum);
            boolean kept = Integer.valueOf(seen.get(s).id()).equals(before.get(real.get(r).id()));
            cost[at] = 1 - iou - (kept ? 1000 : 0);
          }
        }
      }
      int[] match = new int[real.size()];
      assignment.solve(cost, real.size(), seen.size(), 2000, match);
      before.clear();
      for (int r = 0; r < match.length; r++) {
        if (match[r] >= 0) {
          int id = real.get(r).id();
          int result = seen.get(match[r]).id();
          Integer old = last.put(id, result);
          before.put(id, result);
          tp++;
          switches += old != null && old != result ? 1 : 0;
        }
      }
    }
    return new MotScore(
        truths, tp, found - tp, truths - tp, switches, idTp(together, assignment), found);
  }

  private static int idTp(Map<Long, Integer> together, Assignment assignment) {
    List<Integer> rows = ids(together, 32);
    List<Integer> columns = ids(together, 0);
    double[] cost = new double[rows.size() * columns.size()];
    together.forEach(
        (pair, count) ->
            cost[
                    rows.indexOf((int) (pair >> 32)) * columns.size()
                        + columns.indexOf((int) (long) pair)] =
                -count);
    int[] match = new int[rows.size()];
    assignment.solve(cost, rows.size(), columns.size(), 0, match);
    double sum = 0;
    for (int r = 0; r < match.length; r++) {
      sum -= match[r] >= 0 ? cost[r * columns.size() + match[r]] : 0;
    }
    return (int) sum;
  }

  private static List<Integer> ids(Map<Long, Integer> together, int shift) {
    TreeSet<Integer> ids = new TreeSet<>();
    together.keySet().forEach(pair -> ids.add((int) (pair >> shift)));
    return new ArrayList<>(ids);
  }

  private static long pair(int row, int column) {
    return ((long) row << 32) | column;
  }

  private static double iou(MotData.Entry a, MotData.Entry b) {
    double w = Math.min(a.left() + a.width(), b.left() + b.width()) - Math.max(a.left(), b.left());
    double h = Math.min(a.top() + a.height(), b.top() + b.height()) - Math.max(a.top(), b.top());
    double shared = Math.max(0, w) * Math.max(0, h);
    return shared / (a.width() * a.height() + b.width() * b.height() - shared);
  }
}
