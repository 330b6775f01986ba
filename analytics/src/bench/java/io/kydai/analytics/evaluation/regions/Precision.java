package io.kydai.analytics.evaluation.regions;

import io.kydai.analytics.tracking.ClassGroups;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Average precision and recall at an overlap of 0.5, class by group, over all frames given; by size
 * what is of another size is neither asked for nor held against a detection.
 */
final class Precision {
  /** Limits of the mean side of a box in the camera's pixels. */
  static final double[] SIDES = {0, 24, 48, 96, Double.MAX_VALUE};

  private record Judged(float score, double side, boolean hit, double truthSide) {}

  private final List<Judged> judged = new ArrayList<>();
  private final List<Double> truthSides = new ArrayList<>();

  /**
   * @param detections normalised; those of groups that the truth does not have are passed over
   */
  void add(List<Truth> all, List<Detection> detections, List<String> groups, int w, int h) {
    List<Truth> truth = all.stream().filter(t -> !t.ignored()).toList();
    boolean[] taken = new boolean[truth.size()];
    truth.forEach(t -> truthSides.add(side(t.box())));
    detections.stream()
        .filter(d -> groups.contains(ClassGroups.of(d.label())))
        .sorted(Comparator.comparingDouble(d -> -d.score()))
        .forEach(
            d -> {
              Box b = d.box();
              Box box = new Box(b.left() * w, b.top() * h, b.right() * w, b.bottom() * h);
              int best = -1;
              float most = 0.5f;
              for (int i = 0; i < taken.length; i++) {
                float iou = truth.get(i).box().iou(box);
                if (!taken[i]
                    && iou >= most
                    && truth.get(i).group().equals(ClassGroups.of(d.label()))) {
                  most = iou;
                  best = i;
                }
              }
              if (best >= 0) {
                taken[best] = true;
              }
              if (best < 0 && ignored(all, box)) {
                return;
              }
              judged.add(
                  new Judged(
                      d.score(),
                      side(box),
                      best >= 0,
                      best >= 0 ? side(truth.get(best).box()) : 0));
            });
  }

  private static boolean ignored(List<Truth> truth, Box box) {
    float x = (box.left() + box.right()) / 2;
    float y = (box.top() + box.bottom()) / 2;
    return truth.stream()
        .filter(Truth::ignored)
        .map(Truth::box)
        .anyMatch(i -> x >= i.left() && x <= i.right() && y >= i.top() && y <= i.bottom());
  }

  private static double side(Box box) {
    return Math.sqrt(box.area());
  }

  int truths(double from, double to) {
    return (int) truthSides.stream().filter(s -> s >= from && s < to).count();
  }

  double averagePrecision(double from, double to) {
    List<Judged> asked =
        judged.stream()
            .filter(
                j ->
                    j.hit()
                        ? j.truthSide() >= from && j.truthSide() < to
                        : j.side() >= from && j.side() < to)
            .sorted(Comparator.comparingDouble(j -> -j.score()))
            .toList();
    int all = truths(from, to);
    double[] precision = new double[asked.size()];
    double[] recall = new double[asked.size()];
    int hits = 0;
    for (int i = 0; i < precision.length; i++) {
      hits += asked.get(i).hit() ? 1 : 0;
      precision[i] = (double) hits / (i + 1);
      recall[i] = (double) hits / all;
    }
    for (int i = precision.length - 2; i >= 0; i--) {
      precision[i] = Math.max(precision[i], precision[i + 1]);
    }
    double sum = 0;
    for (int step = 0, i = 0; step <= 100; step++) {
      while (i < recall.length && recall[i] < step / 100.0) {
        i++;
      }
      sum += i < recall.length ? precision[i] : 0;
    }
    return sum / 101;
  }

  /** The lowest score at which the share of right detections is still so high. */
  float scoreAt(double precision) {
    List<Judged> sorted =
        judged.stream().sorted(Comparator.comparingDouble(j -> -j.score())).toList();
    float lowest = 1;
    int hits = 0;
    for (int i = 0; i < sorted.size(); i++) {
      hits += sorted.get(i).hit() ? 1 : 0;
      if (hits >= precision * (i + 1)) {
        lowest = sorted.get(i).score();
      }
    }
    return lowest;
  }

  double recall(float score, double from, double to) {
    long hits =
        judged.stream()
            .filter(
                j -> j.hit() && j.score() >= score && j.truthSide() >= from && j.truthSide() < to)
            .count();
    int all = truths(from, to);
    return all == 0 ? Double.NaN : (double) hits / all;
  }

  double precision(float score) {
    long all = judged.stream().filter(j -> j.score() >= score).count();
    return (double) judged.stream().filter(j -> j.score() >= score && j.hit()).count() / all;
  }
}
