package io.kydai.console.config;

import static io.kydai.models.document.Key.key;
import static java.util.Objects.requireNonNull;

import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the audit.
 *
 * @param keep the time for which entries are kept, 1 day to 100 years
 */
public record AuditConfig(Duration keep) {
  private static final Duration LEAST = Duration.ofDays(1);
  private static final Duration MOST = Duration.ofDays(36_500);

  static final Shape<AuditConfig> KEYS =
      Shape.of(
          AuditConfig.class,
          key(
                  "keep",
                  ValueType.duration(MOST)
                      .as(
                          (keep, at) ->
                              keep.compareTo(LEAST) < 0
                                  ? at.wrong("1d to 36500d is expected")
                                  : Optional.of(keep),
                          keep -> keep)
                      .saying("1d to 36500d"),
                  "the time for which entries are kept")
              .otherwise(Duration.ofDays(730)));

  /** The default settings. */
  public static final AuditConfig DEFAULT = KEYS.defaults();

  public AuditConfig {
    requireNonNull(keep);
  }
}
