package io.kydai.analytics.scene;

/** A place on the road's plane, in metres right (or east) and ahead (or north) of some origin. */
public record GroundPoint(double x, double y) {
  public double distanceTo(GroundPoint other) {
    return Math.hypot(x - other.x, y - other.y);
  }
}
