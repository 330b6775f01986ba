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
 * Whether and how vehicles' plates are read.
 *
 * @param format what plates look like; null where any text may be one
 * @param minConfidence less sure readings are not told, 0 to 1
 * @param watchList what {@code plate-watch} rules look for
 */
public record PlatesConfig(
    boolean enabled, @Nullable PlateFormat format, double minConfidence, WatchList watchList) {
  /** Plates are personal data: nobody reads them unless somebody said so. */
  public static final PlatesConfig OFF =
      Records.with(PlatesKeys.SHAPE.defaults().config(), Map.of("enabled", false));

  public PlatesConfig {
    requireNonNull(watchList);
  }

  /** What the analytics' room needs of it; empty where plates are not read. */
  public Optional<PlateSettings> analytics() {
    return enabled
        ? Optional.of(new PlateSettings(format, minConfidence, watchList))
        : Optional.empty();
  }

  /** Why a rule that looks for listed plates would never find one; empty where it may. */
  public Optional<String> noWatch() {
    if (!enabled) {
      return Optional.of("plates are not read here: 'plates' is not in the configuration, or off");
    }
    return watchList.isEmpty()
        ? Optional.of("no plate is looked for: 'plates.watch-list' is empty")
        : Optional.empty();
  }
}
