package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera stands, as far as rights ask.
 *
 * @param groups the groups that the camera belongs to
 * @param lat degrees north (WGS84); null together with {@code lon} where it is not known
 * @param lon degrees east (WGS84)
 */
public record CameraPlace(
    CameraId camera, Set<String> groups, @Nullable Double lat, @Nullable Double lon) {
  public CameraPlace {
    requireNonNull(camera);
    groups = Set.copyOf(groups);
  }
}
