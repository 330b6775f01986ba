package io.kydai.console.config;

import io.kydai.analytics.Point;
import java.util.List;
import java.util.Optional;

/** Checks that a polygon is simple: its sides meet at its corners only. */
final class Polygons {
  private Polygons() {}

  /**
   * Compares each two sides, which is quick enough for 100 corners.
   *
   * @return what is wrong, if anything is
   */
  static Optional<String> fault(List<Point> corners) {
    int n = corners.size();
    for (int i = 0; i < n; i++) {
      if (corners.get(i).equals(corners.get((i + 1) % n))) {
        return Optional.of(
            "the corner [%s, %s] stands twice in a row"
                .formatted(corners.get(i).x(), corners.get(i).y()));
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        Point a = corners.get(i);
        Point b = corners.get((i + 1) % n);
        Point c = corners.get(j);
        Point d = corners.get((j + 1) % n);
        boolean next = j == i + 1;
        boolean previous = (j + 1) % n == i;
        boolean meet =
            next ? foldsBack(a, b, d) : previous ? foldsBack(c, d, b) : touch(a, b, c, d);
        if (meet) {
          return Optional.of(
              "the polygon crosses itself: side %d meets side %d; list the corners in their order around the zone"
                  .formatted(i + 1, j + 1));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the way from a to b turns round at b towards c, on itself. */
  private static boolean foldsBack(Point a, Point b, Point c) {
    double dot = (b.x() - a.x()) * (c.x() - b.x()) + (b.y() - a.y()) * (c.y() - b.y());
    return side(a, b, c) == 0 && dot < 0;
  }

  private static boolean touch(Point a, Point b, Point c, Point d) {
    int c1 = side(a, b, c);
    int d1 = side(a, b, d);
    int a2 = side(c, d, a);
    int b2 = side(c, d, b);
    if (c1 * d1 < 0 && a2 * b2 < 0) {
      return true;
    }
    return c1 == 0 && within(a, b, c)
        || d1 == 0 && within(a, b, d)
        || a2 == 0 && within(c, d, a)
        || b2 == 0 && within(c, d, b);
  }

  /** On which side of the line through a and b the point is: -1, 0 or 1. */
  private static int side(Point a, Point b, Point p) {
    double cross = (b.x() - a.x()) * (p.y() - a.y()) - (b.y() - a.y()) * (p.x() - a.x());
    return (int) Math.signum(Math.abs(cross) < 1e-12 ? 0 : cross);
  }

  private static boolean within(Point a, Point b, Point p) {
    return p.x() >= Math.min(a.x(), b.x())
        && p.x() <= Math.max(a.x(), b.x())
        && p.y() >= Math.min(a.y(), b.y())
        && p.y() <= Math.max(a.y(), b.y());
  }
}
