package io.kydai.analytics.rules.presence;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Zone;
import java.time.Duration;
import java.util.Set;

/**
 * {@code intrusion}: somebody is in a zone while the schedule forbids it. A person who steps out
 * and back in within five seconds, or is overlooked for as long, is the same event; somebody else
 * is another. Who is cut by the picture's lower edge is none yet ({@link CutTracks}).
 */
public final class IntrusionRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("intrusion")
          .titled("intrusion", "xâm nhập")
          .asks(RuleType.Group.PEOPLE, "is somebody in a zone while that is forbidden?")
          .zone("where")
          .classes(CocoClasses.PERSON)
          .duration("for", Duration.ZERO, "how long somebody is there before it is reported")
          .madeBy(IntrusionRule::of);

  private static final Duration RETURN = Duration.ofSeconds(5);

  private final Occupancy occupancy;
  private final CutTracks cut = new CutTracks();

  private IntrusionRule(Occupancy occupancy) {
    this.occupancy = occupancy;
  }

  private static Rule of(Settings settings, AlertSink alerts) {
    Zone zone = settings.zone("zone");
    Set<String> classes = settings.classes();
    Duration holdFor = settings.duration("for");
    return new IntrusionRule(
        new Occupancy(
            zone,
            classes,
            1,
            null,
            holdFor,
            RETURN,
            alerts,
            (peak, seconds) ->
                (peak == 1
                        ? ReasonText.one(classes)
                        : "up to " + peak + " " + ReasonText.many(classes))
                    + " in zone "
                    + zone.id()
                    + ReasonText.forSeconds(seconds)
                    + (holdFor.isZero() ? "" : " (limit: " + ReasonText.seconds(holdFor) + " s)")));
  }

  @Override
  public void observe(Observation observation) {
    occupancy.observe(cut.without(observation));
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
