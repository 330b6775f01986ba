package io.kydai.analytics.rules.movement;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.CurrentAlert;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.memory.GroundVelocity;
import io.kydai.analytics.rules.memory.ObservedTime;
import io.kydai.analytics.rules.memory.TrackHandover;
import io.kydai.analytics.rules.memory.Velocity;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.GroundPoint;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code incident}: a vehicle stops harder than one brakes for a light, and stands close to another
 * road user that stands as well; asks for a calibrated scene. Draw the zone where nobody queues.
 *
 * <p>A sudden stop is one from surely more than {@code from} to walking pace within two seconds.
 * The other must come to stand within half a minute, and both stand for so long; a person who walks
 * by does not stand. The alert lasts until the vehicle drives again, or was out of sight for half a
 * minute. A road user that stops within {@code near} metres of an incident that goes on belongs to
 * it from then on.
 */
public final class IncidentRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("incident")
          .titled("incident", "sự cố giao thông")
          .asks(
              RuleType.Group.TRAFFIC,
              "does one stop dead and stand beside another, who walks neither?")
          .needs(RuleType.Need.CALIBRATION)
          .zone("where nobody queues")
          .number("from", 10, 200, 30, "km/h", "how fast it surely was before it stopped")
          .number("near", 1, 50, 6, "metres", "how close the other stands at most")
          .duration("for", Duration.ofSeconds(3), "how long both stand before it is reported")
          .classes(CocoClasses.VEHICLES)
          .madeBy(IncidentRule::new);

  private static final long WINDOW = MediaTime.ticksOfSeconds(1);
  private static final long SUDDEN = MediaTime.ticksOfSeconds(2);
  private static final long KEEP = MediaTime.ticksOfSeconds(40);
  private static final long GONE = MediaTime.ticksOfSeconds(30);
  private static final double STANDS = 5 / Velocity.KMH;
  private static final double PERSON_STANDS = 0.5; // Walking is 1.3 metres per second.
  private static final double DRIVES = 12 / Velocity.KMH;
  private static final Set<String> ROAD_USERS =
      Set.of("person", "bicycle", "car", "motorcycle", "bus", "truck");

  private final Zone zone;
  private final Set<String> classes;
  private final double from;
  private final double near;
  private final Duration holdFor;
  private final Calibration ground;
  private final AlertSink sink;
  private final TrackHandover<Driver> drivers = new TrackHandover<>(KEEP, KEEP, IncidentRule::over);
  private final ObservedTime observed = new ObservedTime();

  private record Speed(long time, double surely) {}

  private static final class Driver {
    private final GroundVelocity motion = new GroundVelocity(WINDOW);
    private final Deque<Speed> before = new ArrayDeque<>();
    private Track track;
    private double speed = Double.NaN;
    private double brakedFrom;
    private final CurrentAlert alert;
    private long without;
    private long accompanied;
    private boolean ofAnother;
    private boolean present;

    Driver(Track first, AlertSink sink) {
      track = first;
      alert = new CurrentAlert(sink);
    }

    private boolean stands() {
      return present && speed < (track.label().equals("person") ? PERSON_STANDS : STANDS);
    }
  }

  private IncidentRule(Settings settings, AlertSink sink) {
    zone = settings.zone("zone");
    classes = settings.classes();
    from = settings.decimal("from") / Velocity.KMH;
    near = settings.decimal("near");
    holdFor = settings.duration("for");
    ground = settings.ground();
    this.sink = sink;
  }

  @Override
  public void observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    long elapsed = observed.passes(now.mediaTime().ticks());
    var seen = drivers.observe(observation, track -> new Driver(track, sink));
    drivers.all().forEach(driver -> driver.present = false);
    List<Driver> standing = new ArrayList<>();
    for (var followed : seen) {
      Driver driver = followed.state();
      driver.track = followed.track();
      driver.present = ROAD_USERS.contains(driver.track.label());
      driver.motion.sees(driver.track, observation, ground);
      Optional<Velocity> velocity = driver.motion.velocity();
      velocity.ifPresent(v -> brakes(driver, v, now));
      if (driver.stands()) {
        standing.add(driver);
      }
    }
    for (Driver driver : drivers.all()) {
      if (driver.alert.ongoing()) {
        follow(driver, standing, now, elapsed);
      }
    }
  }

  @Override
  public void end() {
    drivers.clear();
  }

  private void brakes(Driver driver, Velocity velocity, Timestamp now) {
    driver.speed = velocity.speed();
    driver.before.addLast(new Speed(now.mediaTime().ticks(), velocity.surely()));
    while (now.mediaTime().ticks() - driver.before.getFirst().time() > SUDDEN) {
      driver.before.removeFirst();
    }
    double fastest = driver.before.stream().mapToDouble(Speed::surely).max().orElse(0);
    if (!driver.alert.ongoing()
        && driver.speed < STANDS
        && fastest > from
        && classes.contains(driver.track.label())
        && zone.contains(driver.track.standing())) {
      driver.alert.begin(now);
      driver.brakedFrom = fastest;
      driver.without = 0;
      driver.accompanied = 0;
      driver.ofAnother = false;
    }
  }

  private void follow(Driver driver, List<Driver> standing, Timestamp now, long elapsed) {
    if (!driver.present) {
      driver.without += elapsed;
      if (driver.without > GONE) {
        over(driver);
      }
      return;
    }
    driver.without = 0;
    if (driver.speed > DRIVES) {
      over(driver);
      return;
    }
    AlertLifecycle event = driver.alert.event();
    event.addTrack(driver.track);
    event.extendTo(now);
    int beside = 0;
    for (Driver other : standing) {
      if (other != driver && close(driver, other)) {
        event.addTrack(other.track);
        beside++;
      }
    }
    driver.accompanied = beside > 0 ? driver.accompanied + elapsed : 0;
    driver.ofAnother |= !event.opened() && belongsToAnother(driver);
    if (beside == 0 && !event.opened() && now.since(event.start()) > GONE) {
      over(driver);
      return;
    }
    double seconds = now.secondsSince(event.start());
    event.sustain(
        now,
        !driver.ofAnother && beside > 0 && driver.accompanied >= MediaTime.ticks(holdFor),
        driver.track.label()
            + " stopped from "
            + ReasonText.value(driver.brakedFrom * Velocity.KMH)
            + " km/h within 2 s in zone "
            + zone.id()
            + " and has stood beside "
            + beside
            + " other road users"
            + ReasonText.forSeconds(seconds)
            + " (limits: "
            + ReasonText.value(from * Velocity.KMH)
            + " km/h, "
            + ReasonText.value(near)
            + " m, "
            + ReasonText.seconds(holdFor)
            + " s)",
        Map.of(
            "speed",
            driver.brakedFrom * Velocity.KMH,
            "threshold",
            from * Velocity.KMH,
            "beside",
            (double) beside,
            "seconds",
            seconds));
  }

  /** Whoever is overlooked on this very frame is there all the same. */
  private boolean belongsToAnother(Driver driver) {
    return drivers.all().stream()
        .anyMatch(other -> other != driver && other.alert.opened() && close(driver, other));
  }

  private boolean close(Driver one, Driver other) {
    Optional<GroundPoint> a = one.motion.place();
    Optional<GroundPoint> b = other.motion.place();
    return a.isPresent() && b.isPresent() && a.get().distanceTo(b.get()) <= near;
  }

  private static void over(Driver driver) {
    driver.alert.close();
  }
}
