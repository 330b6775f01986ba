package io.kydai.analytics.rules.counting;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Track;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many objects a rule saw in its zone on the newest frame.
 *
 * @param rule the rule that counted
 * @param zone the id of its zone
 * @param at when the frame was taken
 * @param objects of the classes that the rule looks at; 0 or more
 * @param byClass the same for each class of which there are any
 * @param squareMetres the area of the zone; null where it is not known
 */
public record ZoneOccupancy(
    RuleId rule,
    String zone,
    Instant at,
    int objects,
    Map<String, Integer> byClass,
    @Nullable Double squareMetres) {
  public ZoneOccupancy {
    requireNonNull(rule);
    requireNonNull(zone);
    requireNonNull(at);
    byClass = Map.copyOf(byClass);
  }

  /** Returns the occupancy by the tracks in the zone. */
  public static ZoneOccupancy of(
      RuleId rule, String zone, Instant at, List<Track> inside, @Nullable Double squareMetres) {
    Map<String, Integer> byClass = new HashMap<>();
    inside.forEach(track -> byClass.merge(track.label(), 1, Integer::sum));
    return new ZoneOccupancy(rule, zone, at, inside.size(), byClass, squareMetres);
  }
}
