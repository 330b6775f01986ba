package io.kydai.analytics.scene;

import java.util.List;
import java.util.Optional;

/** What was drawn on a camera's picture. */
public record Scene(List<Line> lines, List<Zone> zones) {
  /** Nothing drawn. */
  public static final Scene EMPTY = new Scene(List.of(), List.of());

  public Scene {
    lines = List.copyOf(lines);
    zones = List.copyOf(zones);
  }

  public Optional<Line> line(String id) {
    return lines.stream().filter(line -> line.id().equals(id)).findFirst();
  }

  public Optional<Zone> zone(String id) {
    return zones.stream().filter(zone -> zone.id().equals(id)).findFirst();
  }
}
