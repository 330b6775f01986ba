package io.kydai.analytics.regions;

import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import java.util.List;

/** Where objects are so small that closer looks are wanted: a scene's zones with that use. */
public record FarZones(List<Zone> zones) {
  public FarZones {
    zones = List.copyOf(zones);
  }

  public static FarZones of(Scene scene) {
    return new FarZones(scene.zones().stream().filter(zone -> zone.use() == ZoneUse.FAR).toList());
  }

  public boolean isEmpty() {
    return zones.isEmpty();
  }

  /** Returns whether a place, normalised, is in one of them. */
  boolean contain(double x, double y) {
    for (Zone zone : zones) {
      if (zone.contains(new Point(x, y))) {
        return true;
      }
    }
    return false;
  }
}
