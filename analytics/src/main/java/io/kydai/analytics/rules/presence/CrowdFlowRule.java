package io.kydai.analytics.rules.presence;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.ZoneSpeed;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.memory.GroundVelocity;
import io.kydai.analytics.rules.memory.SustainedCondition;
import io.kydai.analytics.rules.memory.TrackHandover;
import io.kydai.analytics.rules.memory.Velocity;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.InvalidRuleException;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Arrow;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.GroundPoint;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code crowd-flow}: at least so many people go against a zone's direction for so long. The
 * measures are the speed and how many go which way. Asks for a calibrated scene and a lane with a
 * direction. A person slower than half a metre per second, or of uncertain speed, goes nowhere; a
 * person whose way is more than 120° off goes against it.
 */
public final class CrowdFlowRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("crowd-flow")
          .titled("crowd flow", "dòng người")
          .asks(
              RuleType.Group.PEOPLE, "do so many go against the direction of a zone (`use: lane`)?")
          .needs(RuleType.Need.CALIBRATION)
          .needs(RuleType.Need.LANE)
          .zone("a zone with `use: lane` and a direction")
          .integer("people", 1, 1000, 3, "at least so many go against it")
          .duration("for", Duration.ofSeconds(3), "how long it lasts before it is reported")
          .classes(CocoClasses.PERSON)
          .madeBy(CrowdFlowRule::new);

  private static final long WINDOW = MediaTime.ticksOfSeconds(2.2);
  private static final long KEEP = MediaTime.ticksOfSeconds(10);
  private static final double STROLLS = 0.5;
  private static final double AGAINST = -0.5;
  private static final double GOES_ON = 0.5;

  private final RuleId rule;
  private final Zone zone;
  private final Set<String> classes;
  private final int people;
  private final Duration holdFor;
  private final Calibration ground;
  private final double aheadX;
  private final double aheadY;
  private final SustainedCondition condition;
  private Measurements measured = Measurements.NONE;
  private final TrackHandover<GroundVelocity> motions = new TrackHandover<>(KEEP, 0, motion -> {});

  private CrowdFlowRule(Settings settings, AlertSink sink) {
    rule = sink.origin().rule();
    zone = settings.zone("zone");
    classes = settings.classes();
    people = settings.integer("people");
    holdFor = settings.duration("for");
    ground = settings.ground();
    Optional<Arrow> ahead = Optional.ofNullable(zone.direction());
    Optional<GroundPoint> from = ahead.map(Arrow::from).flatMap(ground::toGround);
    Optional<GroundPoint> to = ahead.map(Arrow::to).flatMap(ground::toGround);
    if (from.isEmpty() || to.isEmpty()) {
      throw new InvalidRuleException(
          "zone", "zone: '" + zone.id() + "' should be a lane with a direction below the horizon");
    }
    double length = from.get().distanceTo(to.get());
    aheadX = (to.get().x() - from.get().x()) / length;
    aheadY = (to.get().y() - from.get().y()) / length;
    condition = new SustainedCondition(sink, holdFor, Duration.ofSeconds(5));
  }

  @Override
  public void observe(Observation observation) {
    List<Track> against = new ArrayList<>();
    int moving = 0;
    double speeds = 0;
    for (var followed : motions.observe(observation, track -> new GroundVelocity(WINDOW))) {
      Track track = followed.track();
      followed.state().sees(track, observation, ground);
      Optional<Velocity> velocity = followed.state().velocity();
      if (classes.contains(track.label())
          && zone.contains(track.standing())
          && velocity.isPresent()
          && velocity.get().speed() >= STROLLS
          && velocity.get().surely() > 0) {
        double speed = velocity.get().speed();
        moving++;
        speeds += speed;
        if (velocity.get().x() * aheadX + velocity.get().y() * aheadY < AGAINST * speed) {
          against.add(track);
        }
      }
    }
    int with = moving - against.size();
    double mean = moving == 0 ? 0 : speeds / moving;
    measured =
        moving == 0
            ? Measurements.NONE
            : Measurements.of(new ZoneSpeed(rule, zone.id(), observation.wallClock(), mean));
    condition.observe(
        Timestamp.of(observation),
        against.size(),
        people,
        Math.max(1, people * GOES_ON),
        against,
        (peak, seconds) ->
            new SustainedCondition.Description(
                Math.round(peak)
                    + " "
                    + ReasonText.many(classes)
                    + " against the direction of zone "
                    + zone.id()
                    + ReasonText.forSeconds(seconds)
                    + ", "
                    + with
                    + " with it, at "
                    + ReasonText.value(mean)
                    + " m/s (limit: "
                    + people
                    + " for "
                    + ReasonText.seconds(holdFor)
                    + " s)",
                Map.of(
                    "people", peak,
                    "with", (double) with,
                    "speed", mean,
                    "threshold", (double) people,
                    "seconds", seconds)));
  }

  /** Returns the mean speed of those who walk in the zone on the newest frame. */
  @Override
  public Measurements measurements() {
    return measured;
  }

  @Override
  public void sample(FrameSamples samples) {
    samples.watchedZone(rule, zone.id());
    samples.zones(measured);
  }

  @Override
  public void end() {
    condition.end();
    motions.clear();
    measured = Measurements.NONE;
  }
}
