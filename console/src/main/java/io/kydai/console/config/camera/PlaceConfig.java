package io.kydai.console.config.camera;

import org.jspecify.annotations.Nullable;

/**
 * The place of installation of a camera.
 *
 * @param position the position on the map; null where it is not given
 * @param address the postal address or a description, at most 300 characters; null where it is not
 *     given
 */
public record PlaceConfig(@Nullable Position position, @Nullable String address) {
  /**
   * A position on the map (WGS84).
   *
   * @param lat the latitude in degrees north, -90 to 90
   * @param lon the longitude in degrees east, -180 to 180
   */
  public record Position(double lat, double lon) {}
}
