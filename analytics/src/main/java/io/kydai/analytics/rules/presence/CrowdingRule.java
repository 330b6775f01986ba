package io.kydai.analytics.rules.presence;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.InvalidRuleException;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Zone;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * {@code crowding}: at least so many people in a zone for so long, or so many for each square metre
 * where the scene is calibrated.
 */
public final class CrowdingRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("crowding")
          .titled("crowding", "tụ tập đông")
          .asks(RuleType.Group.PEOPLE, "are there at least so many in a zone for so long?")
          .zone("where")
          .integer("people", 1, 1000, "at least so many; not together with `density`")
          .optionalNumber(
              "density",
              0.001,
              10,
              "`people`",
              "per m²",
              "so many per square metre, in the place of `people`; needs a calibrated scene")
          .duration("for", Duration.ofSeconds(3), "how long it lasts before it is reported")
          .classes(CocoClasses.PERSON)
          .madeBy(CrowdingRule::of);

  private final Occupancy occupancy;

  private CrowdingRule(Occupancy occupancy) {
    this.occupancy = occupancy;
  }

  private static Rule of(Settings settings, AlertSink alerts) {
    Zone zone = settings.zone("zone");
    Optional<Double> area = settings.area(zone);
    boolean dense = settings.has("density");
    int people =
        dense ? (int) Math.max(1, Math.ceil(density(settings, zone))) : settings.integer("people");
    Duration holdFor = settings.duration("for");
    Set<String> classes = settings.classes();
    return new CrowdingRule(
        new Occupancy(
            zone,
            classes,
            people,
            area.orElse(null),
            holdFor,
            Duration.ZERO,
            alerts,
            (peak, seconds) ->
                (peak > people ? "up to " : "")
                    + peak
                    + " "
                    + ReasonText.many(classes)
                    + " in zone "
                    + zone.id()
                    + ReasonText.forSeconds(seconds)
                    + " (limit: "
                    + people
                    + (dense ? " on " + ReasonText.value(area.orElse(0.0)) + " m²" : "")
                    + (holdFor.isZero() ? ")" : " for " + ReasonText.seconds(holdFor) + " s)")));
  }

  /** How many people are the asked density. */
  private static double density(Settings settings, Zone zone) {
    settings.ground();
    if (settings.has("people")) {
      throw new InvalidRuleException(
          "people", "people: either 'people' or 'density' is expected, not both");
    }
    return settings.decimal("density")
        * settings
            .area(zone)
            .orElseThrow(
                () ->
                    new InvalidRuleException(
                        "zone", "zone: '" + zone.id() + "' should not reach the horizon"));
  }

  @Override
  public void observe(Observation observation) {
    occupancy.observe(observation);
  }

  @Override
  public Measurements measurements() {
    return occupancy.measurements();
  }

  @Override
  public void sample(FrameSamples samples) {
    occupancy.sample(samples);
  }

  @Override
  public void end() {
    occupancy.end();
  }
}
