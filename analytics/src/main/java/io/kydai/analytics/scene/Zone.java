package io.kydai.analytics.scene;

import io.kydai.analytics.Point;
import java.util.List;

/** A polygon on the picture, closed from the last point to the first. */
public record Zone(String id, List<Point> polygon) {
  public Zone {
    polygon = List.copyOf(polygon);
  }
}
