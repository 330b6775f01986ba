package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.scene.Zone;
import java.time.Duration;
import java.util.Set;

/** {@code crowding}: at least so many people in a zone for so long. */
final class CrowdingRule implements Rule {
  private final Occupancy occupancy;

  private CrowdingRule(Occupancy occupancy) {
    this.occupancy = occupancy;
  }

  static Rule of(Settings settings, AlertSink alerts) {
    Zone zone = settings.zone("zone");
    int people = settings.integer("people", 1, 1000);
    Duration holdFor = settings.duration("for", Duration.ofSeconds(3));
    Set<String> classes = settings.classes(CocoClasses.PERSON);
    return new CrowdingRule(
        new Occupancy(
            zone,
            classes,
            people,
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
                    + (holdFor.isZero() ? ")" : " for " + Text.seconds(holdFor) + " s)")));
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
