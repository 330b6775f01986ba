package io.kydai.analytics.scene;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was drawn on a camera's picture. */
public record Scene(List<Line> lines, List<Zone> zones) {
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

  public Optional<Line> line(String id) {
    return lines.stream().filter(line -> line.id().equals(id)).findFirst();
  }

  public Optional<Zone> zone(String id) {
    return zones.stream().filter(zone -> zone.id().equals(id)).findFirst();
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
