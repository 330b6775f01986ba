package io.kydai.analytics.scene;

import static java.util.Objects.requireNonNull;

/**
 * A directed line across the picture. To cross it from its left-hand side (looking from {@code
 * from} to {@code to}) to its right-hand side is {@code forward}.
 *
 * @param id names it in rules and counts, not blank
 * @param from where it begins, 0..1
 * @param to where it ends, 0..1; at least {@value #MARGIN} away from {@code from}
 */
public record Line(String id, Point from, Point to) {
  /** How far from the line (normalised) a position must be before it counts as on a side. */
  public static final double MARGIN = 0.01;

  /** Where a position is, seen by one who looks from {@code from} to {@code to}. */
  public enum Side {
    LEFT,
    /** Less than {@link #MARGIN} away: no side yet. */
    NEAR,
    RIGHT
  }

  /**
   * @throws IllegalArgumentException when the id is blank, a coordinate is not 0..1 or the ends are
   *     (nearly) the same place
   */
  public Line {
    requireNonNull(id);
    Checks.id(id, "a line");
    Checks.inPicture(from, "line " + id);
    Checks.inPicture(to, "line " + id);
    if (from.distanceTo(to) < MARGIN) {
      throw new IllegalArgumentException(
          "line " + id + ": 'from' and 'to' must be different places, at least 0.01 apart");
    }
  }

  public double length() {
    return from.distanceTo(to);
  }

  /**
   * Distance from the endless line through both ends: positive on the right-hand side, negative on
   * the left-hand side. The picture's y grows downwards, so right is where the cross product of the
   * line and the position is positive.
   */
  public double signedDistance(Point place) {
    return ((to.x() - from.x()) * (place.y() - from.y())
            - (to.y() - from.y()) * (place.x() - from.x()))
        / length();
  }

  public Side side(Point place) {
    double distance = signedDistance(place);
    if (distance >= MARGIN) {
      return Side.RIGHT;
    }
    return distance <= -MARGIN ? Side.LEFT : Side.NEAR;
  }

  /** Where the foot of the perpendicular lies: 0 at {@code from}, 1 at {@code to}. */
  public double along(Point place) {
    double dx = to.x() - from.x();
    double dy = to.y() - from.y();
    return ((place.x() - from.x()) * dx + (place.y() - from.y()) * dy) / (dx * dx + dy * dy);
  }

  /**
   * Returns whether a straight movement passes through the line between its ends; the ends reach
   * {@link #MARGIN} further, because who draws a line from kerb to kerb means those on the kerb
   * too.
   */
  public boolean crossedBy(Point start, Point end) {
    double before = signedDistance(start);
    double after = signedDistance(end);
    if (before == after || Math.signum(before) == Math.signum(after)) {
      return false;
    }
    double part = before / (before - after);
    double where = along(start) + part * (along(end) - along(start));
    double reach = MARGIN / length();
    return where >= -reach && where <= 1 + reach;
  }
}
