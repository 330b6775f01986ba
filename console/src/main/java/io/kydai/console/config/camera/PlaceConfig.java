package io.kydai.console.config.camera;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where a camera hangs.
 *
 * @param position on the map, if it was measured
 * @param address for people, at most 300 characters
 */
public record PlaceConfig(Optional<Position> position, Optional<String> address) {
  public PlaceConfig {
    requireNonNull(position);
    requireNonNull(address);
  }

  /**
   * A position on the map, WGS84.
   *
   * @param lat degrees north, -90 to 90
   * @param lon degrees east, -180 to 180
   */
  public record Position(double lat, double lon) {}
}
