package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.scene.Zone;
import java.time.Duration;
import java.util.Locale;

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
    return new CrowdingRule(
        new Occupancy(
            zone,
            settings.classes(CocoClasses.PERSON),
            people,
            holdFor,
            settings.schedule(),
            alerts,
            (happening, peak, seconds) ->
                String.format(
                    Locale.ROOT,
                    "up to %d people in zone %s for %.1f s (limit: %d for %s s)",
                    peak,
                    zone.id(),
                    seconds,
                    people,
                    Text.seconds(holdFor))));
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
