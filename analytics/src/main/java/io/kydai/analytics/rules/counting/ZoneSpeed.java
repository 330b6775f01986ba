package io.kydai.analytics.rules.counting;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import java.time.Instant;

/**
 * How fast the objects in a rule's zone go over the ground.
 *
 * @param rule the rule that measured
 * @param zone the id of its zone
 * @param at when the newest frame was taken
 * @param metresPerSecond the mean over the objects, as the rule smooths it
 */
public record ZoneSpeed(RuleId rule, String zone, Instant at, double metresPerSecond) {
  public ZoneSpeed {
    requireNonNull(rule);
    requireNonNull(zone);
    requireNonNull(at);
  }
}
