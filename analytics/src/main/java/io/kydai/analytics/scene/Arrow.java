package io.kydai.analytics.scene;

/**
 * A direction drawn on the picture: which way a lane goes.
 *
 * @param to at least {@value Line#MARGIN} away from {@code from}
 */
public record Arrow(Point from, Point to) {
  /**
   * @throws IllegalArgumentException when an end is not in the picture or both are one place
   */
  public Arrow {
    Checks.inPicture(from, "a direction");
    Checks.inPicture(to, "a direction");
    if (from.distanceTo(to) < Line.MARGIN) {
      throw new IllegalArgumentException(
          "a direction goes from one place to another, at least 0.01 apart");
    }
  }
}
