package io.kydai.analytics.rules.movement;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.ZoneOccupancy;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.memory.SustainedCondition;
import io.kydai.analytics.rules.memory.TrackHandover;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.GroundPoint;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code queue-length}: at least so many vehicles stand or creep in a zone for so long; metres of
 * them where the scene is calibrated.
 *
 * <p>One that went less than a quarter of its box's height in the last second stands in the queue.
 * It stays in it until it went more than half of that in a second, so that a queue that moves up is
 * one queue. The queue is over when it has been a third shorter, or no queue, for ten seconds.
 */
public final class QueueLengthRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("queue-length")
          .titled("long queue", "hàng xe chờ dài")
          .asks(
              RuleType.Group.TRAFFIC,
              "do at least so many stand or creep for so long? Metres too, where calibrated")
          .zone("where")
          .integer("vehicles", 1, 1000, "at least so many")
          .duration("for", Duration.ofSeconds(10), "how long it lasts before it is reported")
          .classes(CocoClasses.TRAFFIC)
          .madeBy(QueueLengthRule::new);

  private static final long KEEP = MediaTime.ticksOfSeconds(30);
  private static final double STANDS = 0.25;
  private static final double MOVES = 0.5;
  private static final double GOES_ON = 2 / 3.0;

  private final Zone zone;
  private final Set<String> classes;
  private final int vehicles;
  private final RuleId rule;
  private Measurements measured = Measurements.NONE;
  private final @Nullable Calibration ground;
  private final SustainedCondition condition;
  private final TrackHandover<Pace> paces = new TrackHandover<>(KEEP, KEEP, pace -> {});

  /** Whether one stands, decided once a second. */
  private static final class Pace {
    private Point anchor;
    private long since;
    private boolean queues;

    Pace(Track track) {
      anchor = track.standing();
      since = Long.MIN_VALUE;
    }

    void sees(Track track, Observation observation) {
      if (since == Long.MIN_VALUE) {
        since = observation.mediaTime();
      }
      long elapsed = observation.mediaTime() - since;
      if (elapsed < MediaTime.ticksOfSeconds(1)) {
        return;
      }
      Point place = track.standing();
      double shape = observation.width() / (double) observation.height();
      double went =
          Math.hypot((place.x() - anchor.x()) * shape, place.y() - anchor.y())
              / track.box().height()
              / (elapsed / (double) MediaTime.ticksOfSeconds(1));
      queues = went < (queues ? MOVES : STANDS);
      anchor = place;
      since = observation.mediaTime();
    }
  }

  private QueueLengthRule(Settings settings, AlertSink alerts) {
    rule = alerts.origin().rule();
    zone = settings.zone("zone");
    classes = settings.classes();
    vehicles = settings.integer("vehicles");
    ground = settings.calibration().orElse(null);
    condition = new SustainedCondition(alerts, settings.duration("for"), Duration.ofSeconds(10));
  }

  @Override
  public void observe(Observation observation) {
    List<Track> queue = new ArrayList<>();
    for (var followed : paces.observe(observation, Pace::new)) {
      Track track = followed.track();
      if (classes.contains(track.label())) {
        followed.state().sees(track, observation);
        if (followed.state().queues && zone.contains(track.standing())) {
          queue.add(track);
        }
      }
    }
    measured =
        Measurements.of(ZoneOccupancy.of(rule, zone.id(), observation.wallClock(), queue, null));
    double metres = metres(queue);
    condition.observe(
        Timestamp.of(observation),
        queue.size(),
        vehicles,
        vehicles * GOES_ON,
        queue,
        (peak, seconds) -> told(peak, metres, seconds));
  }

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
    paces.clear();
  }

  /** From the first to the last that stands; 0 where the ground is not known. */
  private double metres(List<Track> queue) {
    if (ground == null) {
      return 0;
    }
    List<GroundPoint> places =
        queue.stream().flatMap(track -> ground.toGround(track.standing()).stream()).toList();
    double longest = 0;
    for (GroundPoint one : places) {
      for (GroundPoint other : places) {
        longest = Math.max(longest, one.distanceTo(other));
      }
    }
    return longest;
  }

  private SustainedCondition.Description told(double peak, double metres, double seconds) {
    String reason =
        "queue of "
            + Math.round(peak)
            + " vehicles"
            + (metres > 0 ? " over " + ReasonText.value(metres) + " m" : "")
            + " in zone "
            + zone.id()
            + ReasonText.forSeconds(seconds)
            + " (limit: "
            + vehicles
            + ")";
    return new SustainedCondition.Description(
        reason,
        metres > 0
            ? Map.of(
                "vehicles",
                peak,
                "threshold",
                (double) vehicles,
                "seconds",
                seconds,
                "metres",
                metres)
            : Map.of("vehicles", peak, "threshold", (double) vehicles, "seconds", seconds));
  }
}
