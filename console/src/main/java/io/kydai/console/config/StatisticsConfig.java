package io.kydai.console.config;

import static io.kydai.models.document.Key.key;
import static java.util.Objects.requireNonNull;

import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the statistics.
 *
 * @param keep the time for which they are kept, 1 day to 100 years
 * @param keepMinutes the time for which they are kept by the minute; afterwards by the quarter of
 *     an hour
 */
public record StatisticsConfig(Duration keep, Duration keepMinutes) {
  private static final Duration LEAST = Duration.ofDays(1);
  private static final Duration MOST = Duration.ofDays(36_500);

  private static final ValueType<Duration> DAYS =
      ValueType.duration(MOST)
          .as(
              (keep, at) ->
                  keep.compareTo(LEAST) < 0
                      ? at.wrong("1d to 36500d is expected")
                      : Optional.of(keep),
              keep -> keep)
          .saying("1d to 36500d");

  static final Shape<StatisticsConfig> KEYS =
      Shape.of(
          StatisticsConfig.class,
          key("keep", DAYS, "the time for which statistics are kept")
              .otherwise(Duration.ofDays(400)),
          key(
                  "keep-minutes",
                  DAYS,
                  "the time for which they are kept by the minute; older ones are merged into"
                      + " quarters of an hour")
              .otherwise(Duration.ofDays(35)));

  /** The default settings. */
  public static final StatisticsConfig DEFAULT = KEYS.defaults();

  public StatisticsConfig {
    requireNonNull(keep);
    requireNonNull(keepMinutes);
  }
}
