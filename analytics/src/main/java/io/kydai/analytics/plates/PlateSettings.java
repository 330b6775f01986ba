package io.kydai.analytics.plates;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.rules.settings.WatchList;
import io.kydai.models.plates.PlateFormat;
import org.jspecify.annotations.Nullable;

/**
 * How plates are read.
 *
 * @param format what plates look like here; where it is null every text of 5 to 10 letters and
 *     digits, some of both, may be a plate
 * @param minConfidence readings below this confidence are not reported, 0..1
 * @param watchList what {@code plate-watch} rules look for
 */
public record PlateSettings(
    @Nullable PlateFormat format, double minConfidence, WatchList watchList) {
  public PlateSettings {
    requireNonNull(watchList);
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
      throw new IllegalArgumentException("a confidence is 0 to 1, not " + minConfidence);
    }
  }
}
