package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.plates.PlateSettings;
import io.kydai.analytics.rules.settings.WatchList;
import io.kydai.models.document.Records;
import io.kydai.models.plates.PlateFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of number plate recognition.
 *
 * @param enabled whether plates are read
 * @param format the format of the country's plates; null where any text may be a plate
 * @param minConfidence the lowest confidence of a reading that is reported, 0 to 1
 * @param watchList the plates for which {@code plate-watch} rules raise alerts
 */
public record PlatesConfig(
    boolean enabled, @Nullable PlateFormat format, double minConfidence, WatchList watchList) {
  /** The default: plates are not read, because they are personal data. */
  public static final PlatesConfig OFF =
      Records.with(PlatesKeys.SHAPE.defaults().config(), Map.of("enabled", false));

  public PlatesConfig {
    requireNonNull(watchList);
  }

  /** Returns the settings for the analytics module; empty where plates are not read. */
  public Optional<PlateSettings> analytics() {
    return enabled
        ? Optional.of(new PlateSettings(format, minConfidence, watchList))
        : Optional.empty();
  }

  /** Returns why a {@code plate-watch} rule could never raise an alert; empty where it can. */
  public Optional<String> noWatch() {
    if (!enabled) {
      return Optional.of("plates are not read here: 'plates' is not in the configuration, or off");
    }
    return watchList.isEmpty()
        ? Optional.of("no plate is listed: 'plates.watch-list' is empty")
        : Optional.empty();
  }
}
