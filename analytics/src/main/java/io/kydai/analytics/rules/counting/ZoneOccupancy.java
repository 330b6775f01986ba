package io.kydai.analytics.rules.counting;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import java.time.Instant;

/**
 * How many objects a rule saw in its zone on the newest frame.
 *
 * @param rule the rule that counted
 * @param zone the id of its zone
 * @param at when the frame was taken
 * @param objects of the classes that the rule looks at; 0 or more
 */
public record ZoneOccupancy(RuleId rule, String zone, Instant at, int objects) {
  public ZoneOccupancy {
    requireNonNull(rule);
    requireNonNull(zone);
    requireNonNull(at);
  }
}
