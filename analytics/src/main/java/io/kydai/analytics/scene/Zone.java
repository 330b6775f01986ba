package io.kydai.analytics.scene;

import static java.util.Objects.requireNonNull;

import io.kydai.models.detection.Box;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A polygon on the picture, closed from the last point to the first.
 *
 * @param id names it in rules, not blank
 * @param polygon 3 to {@value #MAX_POINTS} points, 0..1, whose edges do not cross or touch except
 *     where neighbours meet
 * @param use what it is drawn for
 * @param direction which way a lane goes; null where that is not known
 */
public record Zone(String id, List<Point> polygon, ZoneUse use, @Nullable Arrow direction) {
  /** More is refused: nobody draws it, and every track of every frame is asked against it. */
  public static final int MAX_POINTS = 200;

  /**
   * @throws IllegalArgumentException when it is not as described above
   */
  public Zone {
    requireNonNull(id);
    requireNonNull(use);
    polygon = List.copyOf(polygon);
    Checks.id(id, "a zone");
    if (polygon.size() < 3 || polygon.size() > MAX_POINTS) {
      throw new IllegalArgumentException(
          "zone " + id + ": a polygon has 3 to 200 points, not " + polygon.size());
    }
    for (Point point : polygon) {
      Checks.inPicture(point, "zone " + id);
    }
    checkSimple(id, polygon);
    if (direction != null && use != ZoneUse.LANE) {
      throw new IllegalArgumentException("zone " + id + ": only a lane has a direction");
    }
  }

  /** An area. */
  public Zone(String id, List<Point> polygon) {
    this(id, polygon, ZoneUse.AREA, null);
  }

  /**
   * Returns whether a place is inside; the boundary counts as inside.
   *
   * <p>Ray casting with half-open edges: an edge owns its upper end and not its lower one, so that
   * a ray through a corner is counted once. The boundary is asked for separately, exactly.
   */
  public boolean contains(Point place) {
    boolean inside = false;
    Point a = polygon.get(polygon.size() - 1);
    for (Point b : polygon) {
      if (onEdge(a, b, place)) {
        return true;
      }
      if ((a.y() > place.y()) != (b.y() > place.y())) {
        double x = a.x() + (place.y() - a.y()) * (b.x() - a.x()) / (b.y() - a.y());
        if (place.x() < x) {
          inside = !inside;
        }
      }
      a = b;
    }
    return inside;
  }

  /** The smallest upright rectangle around the polygon. */
  public Box bounds() {
    double left = 1;
    double top = 1;
    double right = 0;
    double bottom = 0;
    for (Point point : polygon) {
      left = Math.min(left, point.x());
      top = Math.min(top, point.y());
      right = Math.max(right, point.x());
      bottom = Math.max(bottom, point.y());
    }
    return new Box((float) left, (float) top, (float) right, (float) bottom);
  }

  private static void checkSimple(String id, List<Point> polygon) {
    int n = polygon.size();
    for (int i = 0; i < n; i++) {
      Point a = polygon.get(i);
      Point b = polygon.get((i + 1) % n);
      Point next = polygon.get((i + 2) % n);
      if (a.equals(b)) {
        throw new IllegalArgumentException(
            "zone " + id + ": points " + (i + 1) + " and the one after it are the same; leave one");
      }
      if (cross(a, b, next) == 0 && backwards(a, b, next)) {
        throw crossing(id, i, (i + 1) % n);
      }
      for (int j = i + 2; j < n; j++) {
        if (i == 0 && j == n - 1) {
          continue; // they meet in the first point
        }
        if (touch(a, b, polygon.get(j), polygon.get((j + 1) % n))) {
          throw crossing(id, i, j);
        }
      }
    }
  }

  private static IllegalArgumentException crossing(String id, int edge, int other) {
    return new IllegalArgumentException(
        "zone "
            + id
            + ": its polygon crosses itself (the edges after points "
            + (edge + 1)
            + " and "
            + (other + 1)
            + "); give the corners in order, once round");
  }

  private static boolean backwards(Point a, Point b, Point c) {
    return (b.x() - a.x()) * (c.x() - b.x()) + (b.y() - a.y()) * (c.y() - b.y()) < 0;
  }

  private static boolean touch(Point a, Point b, Point c, Point d) {
    double abc = Math.signum(cross(a, b, c));
    double abd = Math.signum(cross(a, b, d));
    double cda = Math.signum(cross(c, d, a));
    double cdb = Math.signum(cross(c, d, b));
    if (abc * abd < 0 && cda * cdb < 0) {
      return true;
    }
    return onEdge(a, b, c) || onEdge(a, b, d) || onEdge(c, d, a) || onEdge(c, d, b);
  }

  private static boolean onEdge(Point a, Point b, Point place) {
    return Math.abs(cross(a, b, place)) <= 1e-12
        && place.x() >= Math.min(a.x(), b.x())
        && place.x() <= Math.max(a.x(), b.x())
        && place.y() >= Math.min(a.y(), b.y())
        && place.y() <= Math.max(a.y(), b.y());
  }

  private static double cross(Point a, Point b, Point c) {
    return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
  }
}
