package io.kydai.console.config.camera;

import org.jspecify.annotations.Nullable;

/**
 * Where a camera hangs.
 *
 * @param position on the map, null where it was not measured
 * @param address for people, at most 300 characters; null where none was given
 */
public record PlaceConfig(@Nullable Position position, @Nullable String address) {
  /**
   * A position on the map, WGS84.
   *
   * @param lat degrees north, -90 to 90
   * @param lon degrees east, -180 to 180
   */
  public record Position(double lat, double lon) {}
}
