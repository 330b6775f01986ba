package io.kydai.models.detection;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Average precision as COCO's challenge defines it: per class, detections of all pictures are
 * matched best first to the truth box that they overlap most; precision, made monotonic, is read at
 * 101 recalls. mAP is the mean over the classes present and over overlaps 0.50, 0.55 … 0.95; mAP50
 * is that at 0.50. The truth has no crowd regions, and an object's area is that of its box. {@code
 * CocoEvaluationTest} holds it to what pycocotools says.
 *
 * <p>By size, what is of another size is neither asked for nor held against a detection: truth
 * boxes of other sizes may be matched where no other fits, and then the detection does not count;
 * nor does one of another size that matches nothing. As COCO does, at most the best {@value #MOST}
 * detections of a class in a picture count.
 */
public final class CocoEvaluation {
  private static final int OVERLAPS = 10;
  private static final int MOST = 100;

  /** Of an object in its picture: COCO's limits are 32² and 96² pixels. */
  public enum Size {
    ALL(0, Double.MAX_VALUE),
    SMALL(0, 32 * 32),
    MEDIUM(32 * 32, 96 * 96),
    LARGE(96 * 96, Double.MAX_VALUE);

    private final double from;
    private final double to;

    Size(double from, double to) {
      this.from = from;
      this.to = to;
    }

    private boolean is(Box box) {
      double area = area(box);
      return area >= from && area <= to;
    }
  }

  private final List<PictureResult> pictures = new ArrayList<>();

  /** One truth box: its class, and its place in pixels. */
  record Truth(String label, Box box) {}

  private record PictureResult(List<Truth> truth, List<Detection> detections) {}

  /** At each overlap: right, wrong, or not asked for. */
  private enum Verdict {
    HIT,
    MISS,
    IGNORED
  }

  private record Scored(float score, Verdict[] verdicts) {}

  /** Per class the average precision at each overlap, 0..1. */
  public record Result(Map<String, double[]> perClass) {
    public double map() {
      return perClass.values().stream().mapToDouble(Result::mean).average().orElse(0);
    }

    public double map50() {
      return perClass.values().stream().mapToDouble(a -> a[0]).average().orElse(0);
    }

    public double ap(String label) {
      return mean(perClass.get(label));
    }

    public double ap50(String label) {
      return perClass.get(label)[0];
    }

    private static double mean(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum / values.length;
    }
  }

  /**
   * Another picture.
   *
   * @param detections best first; boxes in pixels, as the truth's
   */
  void add(List<Truth> truth, List<Detection> detections) {
    pictures.add(new PictureResult(List.copyOf(truth), List.copyOf(detections)));
  }

  /** Classes of which no object has this size are left out. */
  public Result result(Size size) {
    Map<String, double[]> perClass = new TreeMap<>();
    pictures.stream()
        .flatMap(p -> p.truth().stream())
        .filter(truth -> size.is(truth.box()))
        .map(Truth::label)
        .distinct()
        .forEach(label -> perClass.put(label, averagePrecisions(label, size)));
    return new Result(perClass);
  }

  /** How many objects there are of a class. */
  public long objects(String label) {
    return pictures.stream()
        .flatMap(p -> p.truth().stream())
        .filter(truth -> truth.label().equals(label))
        .count();
  }

  private double[] averagePrecisions(String label, Size size) {
    List<Scored> scored = new ArrayList<>();
    int truths = 0;
    for (PictureResult picture : pictures) {
      List<Box> truth =
          picture.truth().stream()
              .filter(t -> t.label().equals(label))
              .map(Truth::box)
              .sorted(comparing(box -> !size.is(box))) // those that are asked for first
              .toList();
      truths += (int) truth.stream().filter(size::is).count();
      boolean[][] taken = new boolean[OVERLAPS][truth.size()];
      picture.detections().stream() // best first already
          .filter(detection -> detection.label().equals(label))
          .limit(MOST)
          .forEach(
              found ->
                  scored.add(new Scored(found.score(), match(found.box(), truth, taken, size))));
    }
    scored.sort(comparingDouble(s -> -s.score()));
    double[] precisions = new double[OVERLAPS];
    for (int overlap = 0; overlap < OVERLAPS; overlap++) {
      precisions[overlap] = averagePrecision(scored, overlap, truths);
    }
    return precisions;
  }

  private static Verdict[] match(Box box, List<Box> truth, boolean[][] taken, Size size) {
    Verdict[] verdicts = new Verdict[OVERLAPS];
    for (int overlap = 0; overlap < OVERLAPS; overlap++) {
      double most = 0.5 + 0.05 * overlap;
      int best = -1;
      for (int i = 0; i < truth.size(); i++) {
        if (best >= 0 && size.is(truth.get(best)) && !size.is(truth.get(i))) {
          break; // what is asked for comes first
        }
        double iou = overlap(box, truth.get(i));
        if (!taken[overlap][i] && iou >= Math.min(most, 1 - 1e-10)) {
          most = iou;
          best = i;
        }
      }
      if (best >= 0) {
        taken[overlap][best] = true;
        verdicts[overlap] = size.is(truth.get(best)) ? Verdict.HIT : Verdict.IGNORED;
      } else {
        verdicts[overlap] = size.is(box) ? Verdict.MISS : Verdict.IGNORED;
      }
    }
    return verdicts;
  }

  private static double overlap(Box a, Box b) {
    double width = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
    double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
    if (width <= 0 || height <= 0) {
      return 0;
    }
    return width * height / (area(a) + area(b) - width * height);
  }

  private static double area(Box box) {
    return ((double) box.right() - box.left()) * ((double) box.bottom() - box.top());
  }

  private static double averagePrecision(List<Scored> all, int overlap, int truths) {
    List<Scored> scored =
        all.stream().filter(s -> s.verdicts()[overlap] != Verdict.IGNORED).toList();
    double[] precision = new double[scored.size()];
    double[] recall = new double[scored.size()];
    int hits = 0;
    for (int i = 0; i < scored.size(); i++) {
      hits += scored.get(i).verdicts()[overlap] == Verdict.HIT ? 1 : 0;
      precision[i] = (double) hits / (i + 1);
      recall[i] = (double) hits / truths;
    }
    for (int i = precision.length - 2; i >= 0; i--) {
      precision[i] = Math.max(precision[i], precision[i + 1]);
    }
    double sum = 0;
    for (int step = 0, i = 0; step <= 100; step++) {
      double asked = step == 100 ? 1 : step * 0.01; // to the last bit, or ties fall otherwise
      while (i < recall.length && recall[i] < asked) {
        i++;
      }
      sum += i < recall.length ? precision[i] : 0;
    }
    return sum / 101;
  }
}
