package io.kydai.console.routing;

import org.jspecify.annotations.Nullable;

/**
 * Where something happened (WGS84).
 *
 * @param lat degrees north; null together with {@code lon} where it is not known
 * @param lon degrees east
 */
public record Place(@Nullable Double lat, @Nullable Double lon) {
  /** A place that is not known: it is in no area. */
  public static final Place UNKNOWN = new Place(null, null);
}
