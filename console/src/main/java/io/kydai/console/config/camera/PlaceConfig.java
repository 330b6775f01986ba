package io.kydai.console.config.camera;

import org.jspecify.annotations.Nullable;

/**
 * The place of installation of a camera.
 *
 * @param position the position on the map; null where it is not given
 * @param address the postal address or a description, at most 300 characters; null where it is not
 *     given
 * @param view what the camera looks at; null where it is not given
 */
public record PlaceConfig(
    @Nullable Position position, @Nullable String address, @Nullable View view) {
  /** Creates a place of which the field of view is not given. */
  public PlaceConfig(@Nullable Position position, @Nullable String address) {
    this(position, address, null);
  }

  /**
   * The field of view of a camera on the map.
   *
   * @param bearing the direction of its middle in degrees clockwise from north, 0 to 360
   * @param angle its width in degrees, 1 to 360
   * @param range how far it reaches, 1 to 5,000 m
   */
  public record View(double bearing, double angle, double range) {}

  /**
   * A position on the map (WGS84).
   *
   * @param lat the latitude in degrees north, -90 to 90
   * @param lon the longitude in degrees east, -180 to 180
   */
  public record Position(double lat, double lon) {}
}
