package io.kydai.analytics.regions;

import io.kydai.analytics.tracking.ClassGroups;
import io.kydai.models.Box;
import io.kydai.models.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes the detections of several views of one picture those of the picture. */
public final class Doubles {
  private static final double SAME_OVERLAP = 0.5;
  private static final double WITHIN = 0.8; // of the smaller box

  private record Seen(Detection detection, String group, int view) {}

  private Doubles() {}

  /**
   * Of two detections in different views whose classes are of one group and whose boxes overlap or
   * lie one in the other, the better one is kept. Those of one view were told apart by the network.
   *
   * @param views the detections of each, normalised to the picture
   * @return best first
   */
  public static List<Detection> removed(List<List<Detection>> views) {
    List<Seen> all = new ArrayList<>();
    for (int view = 0; view < views.size(); view++) {
      for (Detection detection : views.get(view)) {
        all.add(new Seen(detection, ClassGroups.of(detection.label()), view));
      }
    }
    all.sort(Comparator.comparingDouble(seen -> -seen.detection().score()));
    List<Seen> kept = new ArrayList<>(all.size());
    for (Seen next : all) {
      if (kept.stream().noneMatch(better -> same(better, next))) {
        kept.add(next);
      }
    }
    return kept.stream().map(Seen::detection).toList();
  }

  private static boolean same(Seen a, Seen b) {
    if (a.view() == b.view() || !a.group().equals(b.group())) {
      return false;
    }
    Box one = a.detection().box();
    Box other = b.detection().box();
    double w = Math.min(one.right(), other.right()) - Math.max(one.left(), other.left());
    double h = Math.min(one.bottom(), other.bottom()) - Math.max(one.top(), other.top());
    if (w <= 0 || h <= 0) {
      return false;
    }
    double shared = w * h;
    return shared > SAME_OVERLAP * (one.area() + other.area() - shared)
        || shared > WITHIN * Math.min(one.area(), other.area());
  }
}
