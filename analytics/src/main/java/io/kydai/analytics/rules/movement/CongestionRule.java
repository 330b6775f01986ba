package io.kydai.analytics.rules.movement;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.ZoneOccupancy;
import io.kydai.analytics.rules.counting.ZoneSpeed;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.memory.GroundVelocity;
import io.kydai.analytics.rules.memory.ObservedTime;
import io.kydai.analytics.rules.memory.SustainedCondition;
import io.kydai.analytics.rules.memory.TrackHandover;
import io.kydai.analytics.rules.memory.Velocity;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.InvalidRuleException;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code congestion}: traffic on a road is too slow and too dense for so long; asks for a
 * calibrated scene.
 *
 * <p>The level of service A to F follows from the mean speed over the speed of free traffic: above
 * 85, 67, 50, 40 and 30 % it is A, B, C, D and E (Highway Capacity Manual 2010, exhibit 16-4). The
 * speed is that of the vehicles in the zone, smoothed over ten seconds; occupancy is the part of
 * the zone's ground that vehicles of typical sizes would cover. Both must be bad: one slow car on
 * an empty road is no congestion, nor is a full road that moves.
 */
public final class CongestionRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("congestion")
          .titled("congestion", "ùn tắc")
          .asks(RuleType.Group.TRAFFIC, "is traffic too slow and too dense for so long?")
          .needs(RuleType.Need.CALIBRATION)
          .zone("the road")
          .number("free-speed", 5, 200, "km/h", "how fast traffic goes where it is free")
          .choice("level", Level.E, "the level of service from which it is congestion")
          .number("occupancy", 0.01, 1, 0.1, "", "the least part of the road that is covered")
          .integer("vehicles", 1, 1000, 3, "at least so many")
          .duration("for", Duration.ofMinutes(1), "how long it lasts before it is reported")
          .classes(CocoClasses.TRAFFIC)
          .madeBy(CongestionRule::new);

  private static final long WINDOW = MediaTime.ticksOfSeconds(3);
  private static final long KEEP = MediaTime.ticksOfSeconds(30);
  private static final double SMOOTHING = 10;
  private static final double[] BOUNDS = {0.85, 0.67, 0.50, 0.40, 0.30};

  /** Square metres on the road. */
  private static final Map<String, Double> FOOTPRINTS =
      Map.of("bicycle", 1.1, "motorcycle", 1.5, "car", 8.0, "truck", 20.0, "bus", 30.0);

  private final Zone zone;
  private final Set<String> classes;
  private final double freeSpeed;
  private final Level level;
  private final double occupancy;
  private final int vehicles;
  private final Calibration ground;
  private final double area;
  private final TrackHandover<GroundVelocity> motions =
      new TrackHandover<>(KEEP, KEEP, motion -> {});
  private final SustainedCondition condition;
  private final ObservedTime observed = new ObservedTime();
  private final RuleId rule;
  private Measurements published = Measurements.NONE;
  private double smoothed;
  private boolean known;
  // The fullest that it was while this goes on.
  private double fullest;
  private int most;

  /** How well traffic flows, best first. */
  enum Level {
    A,
    B,
    C,
    D,
    E,
    F;

    /**
     * @param part mean speed over the speed of free traffic
     */
    static Level of(double part) {
      int i = 0;
      while (i < BOUNDS.length && part <= BOUNDS[i]) {
        i++;
      }
      return values()[i];
    }
  }

  private CongestionRule(Settings settings, AlertSink alerts) {
    rule = alerts.origin().rule();
    zone = settings.zone("zone");
    classes = settings.classes();
    freeSpeed = settings.decimal("free-speed") / Velocity.KMH;
    level = settings.choice("level", Level.class);
    occupancy = settings.decimal("occupancy");
    vehicles = settings.integer("vehicles");
    ground = settings.ground();
    area =
        ground
            .area(zone)
            .orElseThrow(
                () ->
                    new InvalidRuleException(
                        "zone", "zone: '" + zone.id() + "' should not reach the horizon"));
    condition = new SustainedCondition(alerts, settings.duration("for"), Duration.ofSeconds(30));
  }

  @Override
  public void observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    double elapsed =
        observed.passes(now.mediaTime().ticks()) / (double) MediaTime.ticksOfSeconds(1);
    List<Track> inside = new ArrayList<>();
    double covered = 0;
    double sum = 0;
    int measured = 0;
    for (var followed : motions.observe(observation, track -> new GroundVelocity(WINDOW))) {
      Track track = followed.track();
      if (!classes.contains(track.label())) {
        continue;
      }
      followed.state().sees(track, observation, ground);
      if (zone.contains(track.standing())) {
        inside.add(track);
        covered += FOOTPRINTS.getOrDefault(track.label(), 0.0);
        var velocity = followed.state().velocity();
        if (velocity.isPresent()) {
          sum += velocity.get().speed();
          measured++;
        }
      }
    }
    if (measured > 0) {
      double part = known ? 1 - Math.exp(-elapsed / SMOOTHING) : 1;
      smoothed += part * (sum / measured - smoothed);
      known = true;
    }
    published =
        Measurements.of(ZoneOccupancy.of(rule, zone.id(), observation.wallClock(), inside, null));
    if (known) {
      published =
          published.and(
              Measurements.of(
                  new ZoneSpeed(rule, zone.id(), observation.wallClock(), smoothed, freeSpeed)));
    }
    double full = Math.min(1, covered / area);
    double slowness = 1 - smoothed / freeSpeed;
    Level present = Level.of(1 - slowness);
    boolean dense =
        condition.active() ? full >= occupancy / 2 : full >= occupancy && inside.size() >= vehicles;
    fullest = condition.active() ? Math.max(fullest, full) : full;
    most = condition.active() ? Math.max(most, inside.size()) : inside.size();
    double starts = level == Level.A ? -1 : 1 - BOUNDS[level.ordinal() - 1];
    condition.observe(
        now,
        dense && known ? slowness : Double.NEGATIVE_INFINITY,
        starts,
        starts - 0.05,
        inside,
        (peak, seconds) -> told(peak, present, seconds));
  }

  @Override
  public Measurements measurements() {
    return published;
  }

  @Override
  public void sample(FrameSamples samples) {
    samples.watchedZone(rule, zone.id());
    // The smoothed speed of an empty road is that of the vehicles before.
    boolean empty = published.occupancies().stream().allMatch(zone -> zone.objects() == 0);
    samples.zones(
        empty
            ? new Measurements(List.of(), List.of(), published.occupancies(), List.of())
            : published);
  }

  @Override
  public void end() {
    condition.end();
    known = false;
  }

  private SustainedCondition.Description told(double peak, Level present, double seconds) {
    double slowest = (1 - peak) * freeSpeed * Velocity.KMH;
    Level worst = Level.of(1 - peak);
    return new SustainedCondition.Description(
        "level of service "
            + worst
            + " in zone "
            + zone.id()
            + ReasonText.forSeconds(seconds)
            + ": "
            + ReasonText.value(slowest)
            + " km/h of "
            + ReasonText.value(freeSpeed * Velocity.KMH)
            + ", up to "
            + most
            + " vehicles on "
            + Math.round(fullest * 100)
            + " % of the road (limit: "
            + level
            + ")",
        Map.of(
            "level",
            worst.ordinal() + 1.0,
            "present",
            present.ordinal() + 1.0,
            "threshold",
            level.ordinal() + 1.0,
            "speed",
            slowest,
            "occupancy",
            fullest,
            "vehicles",
            (double) most,
            "seconds",
            seconds));
  }
}
