package io.kydai.analytics.rules.movement;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.ZoneSpeed;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.CurrentAlert;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.memory.GroundVelocity;
import io.kydai.analytics.rules.memory.ObservedTime;
import io.kydai.analytics.rules.memory.TrackHandover;
import io.kydai.analytics.rules.memory.Velocity;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The core of {@code speeding} and {@code running}: one alert for each object that goes faster than
 * a limit in a zone.
 *
 * <p>A speed is too fast only where it is over the limit by two standard errors, for so long. The
 * alert ends after two watched seconds of being seen below nine tenths of the limit or out of the
 * zone, or ten out of sight: a short occlusion makes no second alert.
 */
public final class SpeedLimit implements Rule {
  public static final RuleType SPEEDING =
      RuleType.named("speeding")
          .titled("speeding", "quá tốc độ")
          .asks(RuleType.Group.TRAFFIC, "is one surely faster than the limit?")
          .wantsPlates()
          .needs(RuleType.Need.CALIBRATION)
          .zone("where the limit holds")
          .number("limit", 1, 300, "km/h", "the limit")
          .duration("for", Duration.ofMillis(500), "how long it is too fast before it is reported")
          .classes(CocoClasses.VEHICLES)
          .madeBy(of("limit", Unit.KILOMETRES_PER_HOUR));

  public static final RuleType RUNNING =
      RuleType.named("running")
          .titled("running person", "người chạy")
          .asks(RuleType.Group.PEOPLE, "does somebody run?")
          .needs(RuleType.Need.CALIBRATION)
          .zone("where people walk")
          .number("speed", 0.5, 12, 3, "m/s", "from which speed on somebody runs")
          .duration("for", Duration.ofSeconds(1), "how long somebody runs before it is reported")
          .classes(CocoClasses.PERSON)
          .madeBy(of("speed", Unit.METRES_PER_SECOND));

  private static final long WINDOW = MediaTime.ticksOfSeconds(2.2);
  private static final long KEEP = MediaTime.ticksOfSeconds(10);
  private static final long OVER = MediaTime.ticksOfSeconds(2);
  private static final double GOES_ON = 0.9;

  private final Zone zone;
  private final Set<String> classes;
  private final double limit;
  private final long holdFor;
  private final Calibration ground;
  private final Unit unit;
  private final AlertSink sink;
  private final TrackHandover<Runner> runners = new TrackHandover<>(KEEP, 0, this::forgotten);
  private final ObservedTime observed = new ObservedTime();
  private Measurements measured = Measurements.NONE;
  // Passages that ended since the statistics were asked last, which is after each frame.
  private final List<Passed> fresh = new ArrayList<>();

  /** One object's way through the zone, with its mean speed in metres per second. */
  private record Passed(String label, Instant when, double speed) {}

  /** The unit of the limit and of the reported speed. */
  enum Unit {
    KILOMETRES_PER_HOUR("km/h", Velocity.KMH),
    METRES_PER_SECOND("m/s", 1);

    private final String text;
    private final double perMetrePerSecond;

    Unit(String text, double perMetrePerSecond) {
      this.text = text;
      this.perMetrePerSecond = perMetrePerSecond;
    }
  }

  private static final class Runner {
    private final GroundVelocity motion = new GroundVelocity(WINDOW);
    private final CurrentAlert alert;
    private String label = "";
    private Velocity fastest = new Velocity(0, 0, 0);
    private long fast;
    private long without;
    private double speeds;
    private int looks;
    private String passes = "";
    private Instant inZone = Instant.EPOCH;
    private boolean seen;
    private boolean now;

    Runner(AlertSink sink) {
      alert = new CurrentAlert(sink);
    }
  }

  /**
   * @param limit in the unit
   */
  SpeedLimit(
      Zone zone,
      Set<String> classes,
      double limit,
      Duration holdFor,
      Calibration ground,
      Unit unit,
      AlertSink sink) {
    this.zone = zone;
    this.classes = classes;
    this.limit = limit;
    this.holdFor = MediaTime.ticks(holdFor);
    this.ground = ground;
    this.unit = unit;
    this.sink = sink;
  }

  private static RuleType.Factory of(String limit, Unit unit) {
    return (settings, alerts) ->
        new SpeedLimit(
            settings.zone("zone"),
            settings.classes(),
            settings.decimal(limit),
            settings.duration("for"),
            settings.ground(),
            unit,
            alerts);
  }

  @Override
  public void observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    long elapsed = observed.passes(now.mediaTime().ticks());
    var seen = runners.observe(observation, track -> new Runner(sink));
    for (Runner runner : runners.all()) {
      runner.seen = false;
      runner.now = false;
    }
    double sum = 0;
    int moving = 0;
    for (TrackHandover.Followed<Runner> followed : seen) {
      Track track = followed.track();
      Runner runner = followed.state();
      runner.seen = true;
      runner.motion.sees(track, observation, ground);
      Optional<Velocity> velocity = runner.motion.velocity();
      if (velocity.isPresent() && zone.contains(track.standing())) {
        judge(runner, track, velocity.get(), now, elapsed);
        if (concerns(track)) {
          sum += velocity.get().speed();
          moving++;
          runner.speeds += velocity.get().speed();
          runner.looks++;
          runner.passes = track.label();
          runner.inZone = observation.wallClock();
        }
      } else if (!zone.contains(track.standing())) {
        passed(runner);
      }
    }
    measured =
        moving == 0
            ? Measurements.NONE
            : Measurements.of(
                new ZoneSpeed(
                    sink.origin().rule(), zone.id(), observation.wallClock(), sum / moving));
    for (Runner runner : runners.all()) {
      if (!runner.now && runner.alert.ongoing()) {
        runner.without += runner.seen ? elapsed : 0;
        if (!runner.alert.opened() || runner.without >= OVER) {
          over(runner);
        }
      }
    }
  }

  /** Returns the mean speed of those in the zone on the newest frame whose speed is known. */
  @Override
  public Measurements measurements() {
    return measured;
  }

  @Override
  public void sample(FrameSamples samples) {
    samples.watchedZone(sink.origin().rule(), zone.id());
    samples.zones(measured);
    fresh.forEach(
        one ->
            samples.passed(sink.origin().rule(), zone.id(), one.label(), one.when(), one.speed()));
    fresh.clear();
  }

  private void passed(Runner runner) {
    if (runner.looks > 0) {
      fresh.add(new Passed(runner.passes, runner.inZone, runner.speeds / runner.looks));
      runner.looks = 0;
      runner.speeds = 0;
    }
  }

  private void forgotten(Runner runner) {
    passed(runner);
    over(runner);
  }

  @Override
  public void end() {
    runners.clear();
    measured = Measurements.NONE;
  }

  private boolean concerns(Track track) {
    return classes.isEmpty() || classes.contains(track.label());
  }

  private void judge(Runner runner, Track track, Velocity velocity, Timestamp now, long elapsed) {
    boolean opened = runner.alert.opened();
    double metres = limit / unit.perMetrePerSecond;
    if (opened
        ? velocity.speed() <= GOES_ON * metres
        : !(concerns(track) && velocity.surely() > metres)) {
      return;
    }
    runner.now = true;
    runner.without = 0;
    if (!runner.alert.ongoing()) {
      runner.alert.begin(now);
      runner.fast = 0;
      runner.label = track.label();
      runner.fastest = velocity;
    } else {
      runner.fast += elapsed;
    }
    AlertLifecycle event = runner.alert.event();
    event.addTrack(track);
    if (velocity.surely() > runner.fastest.surely()) {
      runner.fastest = velocity;
      event.markChanged();
    }
    report(runner, event, now);
  }

  private void report(Runner runner, AlertLifecycle event, Timestamp now) {
    double speed = runner.fastest.speed() * unit.perMetrePerSecond;
    double error = 2 * runner.fastest.error() * unit.perMetrePerSecond;
    double seconds = now.secondsSince(event.start());
    event.sustain(
        now,
        runner.fast >= holdFor,
        runner.label
            + " at "
            + ReasonText.value(speed)
            + " ± "
            + ReasonText.value(error)
            + " "
            + unit.text
            + " in zone "
            + zone.id()
            + ReasonText.forSeconds(seconds)
            + " (limit: "
            + ReasonText.value(limit)
            + " "
            + unit.text
            + ")",
        Map.of("speed", speed, "error", error, "threshold", limit, "seconds", seconds));
  }

  private static void over(Runner runner) {
    runner.alert.close();
  }
}
