package io.kydai.analytics.scene;

/**
 * A place that is known on the picture and on the ground.
 *
 * @param x metres right or east; or degrees east, where the unit is WGS84
 * @param y metres ahead or north; or degrees north
 */
public record Landmark(Point image, double x, double y) {
  /** What a landmark's ground coordinates are. */
  public enum Unit {
    METRES,
    WGS84
  }

  /**
   * @throws IllegalArgumentException when a coordinate is not a number, or not in the picture
   */
  public Landmark {
    Checks.inPicture(image, "a landmark");
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException("a landmark's ground coordinates are numbers");
    }
  }
}
