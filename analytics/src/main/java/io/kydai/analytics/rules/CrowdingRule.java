package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.scene.Zone;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * {@code crowding}: at least so many people in a zone for so long, or so many for each square metre
 * where the scene is calibrated.
 */
final class CrowdingRule implements Rule {
  private final Occupancy occupancy;

  private CrowdingRule(Occupancy occupancy) {
    this.occupancy = occupancy;
  }

  static Rule of(Settings settings, AlertSink alerts) {
    Zone zone = settings.zone("zone");
    OptionalDouble area = settings.area(zone);
    boolean dense = settings.has("density");
    int people =
        dense
            ? (int) Math.max(1, Math.ceil(density(settings, zone, area)))
            : settings.integer("people", 1, 1000);
    Duration holdFor = settings.duration("for", Duration.ofSeconds(3));
    Set<String> classes = settings.classes(CocoClasses.PERSON);
    return new CrowdingRule(
        new Occupancy(
            zone,
            classes,
            people,
            area,
            holdFor,
            Duration.ZERO,
            alerts,
            (peak, seconds) ->
                (peak > people ? "up to " : "")
                    + peak
                    + " "
                    + Text.many(classes)
                    + " in zone "
                    + zone.id()
                    + Text.lasting(seconds)
                    + " (limit: "
                    + people
                    + (dense ? " on " + Text.value(area.orElse(0)) + " m²" : "")
                    + (holdFor.isZero() ? ")" : " for " + Text.seconds(holdFor) + " s)")));
  }

  /** How many people are the asked density. */
  private static double density(Settings settings, Zone zone, OptionalDouble area) {
    settings.ground();
    if (settings.has("people")) {
      throw new InvalidRuleException(
          "people", "people: either 'people' or 'density' is expected, not both");
    }
    return settings.decimal("density", 0.001, 10)
        * area.orElseThrow(
            () ->
                new InvalidRuleException(
                    "zone", "zone: '" + zone.id() + "' should not reach the horizon"));
  }

  @Override
  public void observe(Observation observation) {
    occupancy.observe(observation);
  }

  @Override
  public void end() {
    occupancy.end();
  }
}
