package io.kydai.streaming.privacy;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Zone;
import java.util.List;

/**
 * A part of a camera's picture that is covered, such as a window of a dwelling.
 *
 * @param id names it, unique among the camera's masks
 * @param polygon 3 to {@value #MOST_CORNERS} corners, 0..1, closed from the last to the first,
 *     whose edges do not cross, so that no part of it stays uncovered
 */
public record PrivacyMask(String id, List<Point> polygon) {
  /** The greatest number of corners; a mask with more is refused. */
  public static final int MOST_CORNERS = 64;

  /**
   * @throws IllegalArgumentException when the polygon is not as described above
   */
  public PrivacyMask {
    requireNonNull(id);
    polygon = List.copyOf(polygon);
    if (polygon.size() > MOST_CORNERS) {
      throw new IllegalArgumentException(
          "mask " + id + ": a mask has at most " + MOST_CORNERS + " corners");
    }
    try {
      new Zone(id, polygon);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replace("zone " + id, "mask " + id), e);
    }
  }
}
