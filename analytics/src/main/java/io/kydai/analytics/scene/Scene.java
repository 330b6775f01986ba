package io.kydai.analytics.scene;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was drawn on a camera's picture.
 *
 * @param calibration from the picture to the ground; null where it is not known
 */
public record Scene(List<Line> lines, List<Zone> zones, @Nullable Calibration calibration) {
  /** Nothing drawn. */
  public static final Scene EMPTY = new Scene(List.of(), List.of());

  /**
   * @throws IllegalArgumentException when two lines or two zones have the same id
   */
  public Scene {
    lines = List.copyOf(lines);
    zones = List.copyOf(zones);
    unique(lines.stream().map(Line::id).toList(), "line");
    unique(zones.stream().map(Zone::id).toList(), "zone");
  }

  /** A scene whose ground is not known. */
  public Scene(List<Line> lines, List<Zone> zones) {
    this(lines, zones, null);
  }

  public Optional<Line> line(String id) {
    return lines.stream().filter(line -> line.id().equals(id)).findFirst();
  }

  public Optional<Zone> zone(String id) {
    return zones.stream().filter(zone -> zone.id().equals(id)).findFirst();
  }

  /** Returns whether nobody shall look at what stands here. */
  public boolean ignores(Point place) {
    for (Zone zone : zones) {
      if (zone.use() == ZoneUse.IGNORE && zone.contains(place)) {
        return true;
      }
    }
    return false;
  }

  private static void unique(List<String> ids, String what) {
    Set<String> known = new HashSet<>();
    for (String id : ids) {
      if (!known.add(id)) {
        throw new IllegalArgumentException(
            "there are two " + what + "s with the id " + id + "; each needs its own");
      }
    }
  }
}
