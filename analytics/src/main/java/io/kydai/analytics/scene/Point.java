package io.kydai.analytics.scene;

import io.kydai.models.detection.Box;

/** A place in normalised picture coordinates: 0..1, origin top left. */
public record Point(double x, double y) {
  /** Where an object stands: the bottom centre of its box. */
  public static Point standing(Box box) {
    return new Point((box.left() + box.right()) / 2.0, box.bottom());
  }

  public double distanceTo(Point other) {
    return Math.hypot(x - other.x, y - other.y);
  }
}
