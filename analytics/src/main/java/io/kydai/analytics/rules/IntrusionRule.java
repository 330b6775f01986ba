package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.scene.Zone;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** {@code intrusion}: somebody is in a zone while the schedule forbids it. */
final class IntrusionRule implements Rule {
  private final Occupancy occupancy;

  private IntrusionRule(Occupancy occupancy) {
    this.occupancy = occupancy;
  }

  static Rule of(Settings settings, AlertSink alerts) {
    Zone zone = settings.zone("zone");
    Set<String> classes = settings.classes(CocoClasses.PERSON);
    Duration holdFor = settings.duration("for", Duration.ZERO);
    String who = String.join(" or ", classes);
    return new IntrusionRule(
        new Occupancy(
            zone,
            classes,
            1,
            holdFor,
            settings.schedule(),
            alerts,
            (happening, peak, seconds) ->
                String.format(
                    Locale.ROOT,
                    "%s in zone %s for %.1f s, up to %d at once, %d in all (allowed: none)",
                    who,
                    zone.id(),
                    seconds,
                    peak,
                    happening.participants())));
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
