package io.kydai.analytics.rules.counting;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast the objects in a rule's zone go over the ground.
 *
 * @param rule the rule that measured
 * @param zone the id of its zone
 * @param at when the newest frame was taken
 * @param metresPerSecond the mean over the objects, as the rule smooths it
 * @param freeMetresPerSecond the speed of free traffic; null where the rule does not know it
 */
public record ZoneSpeed(
    RuleId rule,
    String zone,
    Instant at,
    double metresPerSecond,
    @Nullable Double freeMetresPerSecond) {
  public ZoneSpeed {
    requireNonNull(rule);
    requireNonNull(zone);
    requireNonNull(at);
  }

  /** Creates a speed of which the speed of free traffic is not known. */
  public ZoneSpeed(RuleId rule, String zone, Instant at, double metresPerSecond) {
    this(rule, zone, at, metresPerSecond, null);
  }
}
