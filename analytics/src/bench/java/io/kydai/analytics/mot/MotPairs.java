package io.kydai.analytics.mot;

import io.kydai.analytics.tracking.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Truth and results of one sequence, frame by frame, as the measures need them: ids are numbered
 * from 0 without gaps, and all overlaps are known.
 *
 * @param frames in order of time
 * @param truthIds how many objects there are
 * @param resultIds how many tracks there are
 */
public record MotPairs(List<Moment> frames, int truthIds, int resultIds) {
  /** What TrackEval subtracts from thresholds, so that equal counts as reached. */
  static final double EPSILON = Math.ulp(1.0);

  // MOT16 and later: on a vehicle, static, distractor, reflection. Whoever finds one of them is
  // neither right nor wrong.
  private static final Set<Integer> DISTRACTORS = Set.of(2, 7, 8, 12);
  private static final int PEDESTRIAN = 1;

  /**
   * One frame.
   *
   * @param truth ids
   * @param results ids
   * @param overlap intersection over union, truth × results, row after row
   */
  record Moment(int[] truth, int[] results, double[] overlap) {
    double overlap(int row, int column) {
      return overlap[row * results.length + column];
    }
  }

  /** How a benchmark reads its truth. */
  public enum Rules {
    /** MOT15: what has a score of 0 is not there. */
    MOT15,
    /** MOT16, MOT17: pedestrians count; results on distractors are taken out first. */
    MOT17
  }

  /**
   * @param truth as read, with what is to be ignored
   * @throws IllegalArgumentException when an id comes twice on a frame
   */
  public static MotPairs of(
      SortedMap<Integer, List<MotData.Entry>> truth,
      SortedMap<Integer, List<MotData.Entry>> results,
      Rules rules) {
    Map<Integer, Integer> truthIds = new HashMap<>();
    Map<Integer, Integer> resultIds = new HashMap<>();
    List<Moment> frames = new ArrayList<>();
    TreeSet<Integer> numbers = new TreeSet<>(truth.keySet());
    numbers.addAll(results.keySet());
    for (int number : numbers) {
      List<MotData.Entry> real = new ArrayList<>(truth.getOrDefault(number, List.of()));
      List<MotData.Entry> found = new ArrayList<>(results.getOrDefault(number, List.of()));
      if (rules == Rules.MOT17) {
        removeOnDistractors(real, found);
      }
      real.removeIf(
          entry -> entry.score() == 0 || rules == Rules.MOT17 && entry.kind() != PEDESTRIAN);
      frames.add(
          new Moment(
              number(real, truthIds, number), number(found, resultIds, number), iou(real, found)));
    }
    return new MotPairs(frames, truthIds.size(), resultIds.size());
  }

  private static void removeOnDistractors(List<MotData.Entry> real, List<MotData.Entry> found) {
    double[] overlap = iou(real, found);
    double[] cost = new double[overlap.length];
    for (int i = 0; i < cost.length; i++) {
      cost[i] = overlap[i] < 0.5 - EPSILON ? 0 : -overlap[i];
    }
    int[] match = new int[real.size()];
    new Assignment().solve(cost, real.size(), found.size(), 0, match);
    Set<MotData.Entry> on = new HashSet<>();
    for (int r = 0; r < match.length; r++) {
      if (match[r] >= 0
          && cost[r * found.size() + match[r]] < 0
          && DISTRACTORS.contains(real.get(r).kind())) {
        on.add(found.get(match[r]));
      }
    }
    found.removeAll(on);
  }

  private static int[] number(List<MotData.Entry> entries, Map<Integer, Integer> ids, int frame) {
    int[] numbers = new int[entries.size()];
    Set<Integer> seen = new TreeSet<>();
    for (int i = 0; i < numbers.length; i++) {
      int id = entries.get(i).id();
      if (!seen.add(id)) {
        throw new IllegalArgumentException("id " + id + " comes twice on frame " + frame);
      }
      numbers[i] = ids.computeIfAbsent(id, unknown -> ids.size());
    }
    return numbers;
  }

  private static double[] iou(List<MotData.Entry> rows, List<MotData.Entry> columns) {
    double[] iou = new double[rows.size() * columns.size()];
    int at = 0;
    for (MotData.Entry row : rows) {
      for (MotData.Entry column : columns) {
        iou[at++] = iou(row, column);
      }
    }
    return iou;
  }

  static double iou(MotData.Entry a, MotData.Entry b) {
    double w = Math.min(a.left() + a.width(), b.left() + b.width()) - Math.max(a.left(), b.left());
    double h = Math.min(a.top() + a.height(), b.top() + b.height()) - Math.max(a.top(), b.top());
    double shared = Math.max(0, w) * Math.max(0, h);
    double all = a.width() * a.height() + b.width() * b.height() - shared;
    return all <= EPSILON ? 0 : shared / all;
  }
}
