package io.kydai.analytics.regions;

import io.kydai.analytics.tracking.ClassGroups;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes the detections of two views of one picture those of the picture. */
public final class DuplicateMerger {
  private static final double SAME_OVERLAP = 0.5;
  private static final double WITHIN = 0.8; // of the smaller box
  private static final double PART = 0.35; // of the larger box's area
  private static final float SURE = 0.45f;

  private record Seen(Detection detection, String group, boolean close) {}

  private DuplicateMerger() {}

  /**
   * Of two detections in different views, whose classes are of one group and whose boxes overlap or
   * lie one in the other, the better one is kept; but of a box and a small part of it the box,
   * where it is sure, and both where it is not. Those of one view were separated by the network.
   *
   * @param whole the whole picture's
   * @param close of a part of it; both are normalised to the picture
   * @return best first
   */
  public static List<Detection> removed(List<Detection> whole, List<Detection> close) {
    List<Seen> all = new ArrayList<>();
    whole.forEach(d -> all.add(new Seen(d, ClassGroups.of(d.label()), false)));
    close.forEach(d -> all.add(new Seen(d, ClassGroups.of(d.label()), true)));
    all.sort(Comparator.comparingDouble(seen -> -seen.detection().score()));
    List<Seen> kept = new ArrayList<>(all.size());
    for (Seen next : all) {
      boolean part = next.close() && all.stream().anyMatch(other -> sureWhole(other, next));
      if (!part && kept.stream().noneMatch(better -> same(better, next))) {
        kept.add(next);
      }
    }
    return kept.stream().map(Seen::detection).toList();
  }

  private static boolean sureWhole(Seen whole, Seen part) {
    return !whole.close()
        && whole.detection().score() >= SURE
        && whole.group().equals(part.group())
        && isPart(part.detection().box(), whole.detection().box());
  }

  private static boolean same(Seen a, Seen b) {
    if (a.close() == b.close() || !a.group().equals(b.group())) {
      return false;
    }
    Box one = a.detection().box();
    Box other = b.detection().box();
    double shared = shared(one, other);
    return shared > SAME_OVERLAP * (one.area() + other.area() - shared)
        || shared > WITHIN * Math.min(one.area(), other.area())
            && !isPart(one, other)
            && !isPart(other, one);
  }

  private static boolean isPart(Box part, Box whole) {
    return part.area() < PART * whole.area() && shared(part, whole) > WITHIN * part.area();
  }

  private static double shared(Box one, Box other) {
    double w = Math.min(one.right(), other.right()) - Math.max(one.left(), other.left());
    double h = Math.min(one.bottom(), other.bottom()) - Math.max(one.top(), other.top());
    return w <= 0 || h <= 0 ? 0 : w * h;
  }
}
