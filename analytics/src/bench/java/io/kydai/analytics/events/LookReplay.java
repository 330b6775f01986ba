package io.kydai.analytics.events;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.budget.LookDemand;
import io.kydai.analytics.inference.InterpolatedObservations;
import io.kydai.analytics.motion.MotionField;
import io.kydai.analytics.motion.UnexplainedMotion;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.analytics.tracking.TrackState;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A clip whose network is asked for some of its pictures only, through the classes that analyse a
 * live camera.
 */
final class LookReplay {
  /** The highest rate of looks, and that at which rules are shown the way between two. */
  static final double MOST = 10;

  private static final int HALF_A_PICTURE = 1800; // ticks

  /** What tells where tracks move between looks. */
  enum Carrier {
    NONE,
    STREAM,
    FLOW;

    private MotionField field(ShownPicture picture) {
      return this == FLOW ? picture.flow() : picture.stream();
    }
  }

  /**
   * @param rate looks per second, or the most of them on demand
   * @param demand whether looks come as {@link LookDemand} asks for them
   * @param skipped the first look is at the picture after so many
   */
  record Way(double rate, Carrier carrier, boolean demand, int skipped) {}

  /**
   * @param looks how many pictures the network was asked for
   * @param atLooks the people on these
   * @param everywhere the people on every picture, where a viewer would have seen them
   */
  record Outcome(Replay found, int looks, TrackQuality atLooks, TrackQuality everywhere) {}

  /** When to look: on a grid, as the live slot has it, or at the demanded distance. */
  private static final class Looks {
    private final double most;
    private final @Nullable LookDemand demand;
    private final UnexplainedMotion unexplained = new UnexplainedMotion();
    private double next = Double.NEGATIVE_INFINITY;
    private long last = Long.MIN_VALUE / 2;

    Looks(double most, @Nullable Scene scene) {
      this.most = most;
      this.demand = scene == null ? null : new LookDemand(scene);
    }

    boolean due(ShownPicture picture, List<TrackState> states) {
      if (demand == null) {
        return picture.mediaTime() >= next - 1;
      }
      List<Box> boxes = states.stream().map(TrackState::box).toList();
      boolean appears = unexplained.appears(picture.map(), boxes, picture.mediaTime());
      double fps = Math.min(most, demand.fps(states, appears));
      return picture.mediaTime() - last >= 90_000 / fps - HALF_A_PICTURE;
    }

    void looked(long time) {
      unexplained.looked(time);
      last = time;
      next = Math.max(next, time - 90_000 / most) + 90_000 / most;
    }
  }

  private final Labels labels;
  private final List<ShownPicture> shown;
  private final Recording seen;
  private final Map<Long, Recording.Picture> detected = new HashMap<>();

  /**
   * @param shown every picture of the clip
   * @param seen what the network sees on them, or on some
   */
  LookReplay(Labels labels, List<ShownPicture> shown, Recording seen) {
    this.labels = labels;
    this.shown = shown;
    this.seen = seen;
    seen.pictures().forEach(picture -> detected.put(picture.mediaTime(), picture));
  }

  /** For how many seconds of the clip there are detections. */
  double seconds() {
    Recording.Picture last = seen.pictures().get(seen.pictures().size() - 1);
    return last.mediaTime() / 90_000.0 - labels.from();
  }

  Outcome play(Way way) {
    CameraId camera = new CameraId("clip");
    int[] ids = {0};
    RuleEngine engine =
        new RuleEngine(camera, labels.scene(), labels.specs(), () -> AlertId.of("a" + ++ids[0]));
    ByteTracker tracker = new ByteTracker();
    int width = seen.pictures().get(0).width();
    int height = seen.pictures().get(0).height();
    List<Alert> alerts = new ArrayList<>();
    Map<AlertId, Long> openedAt = new LinkedHashMap<>();
    List<Observation> observed = new ArrayList<>();
    TrackQuality atLooks = new TrackQuality(width, height);
    TrackQuality everywhere = new TrackQuality(width, height);
    InterpolatedObservations interpolated = new InterpolatedObservations(MOST);
    Looks looks = new Looks(way.rate(), way.demand() ? labels.scene() : null);
    int number = 0;
    int passed = 0;
    int looked = 0;
    for (ShownPicture picture : shown) {
      number++;
      long time = picture.mediaTime();
      if (way.carrier() != Carrier.NONE) {
        tracker.propagate(way.carrier().field(picture), time, width, height);
      }
      if (time < labels.from() * 90_000 || passed++ < way.skipped()) {
        continue;
      }
      boolean due = looks.due(picture, tracker.states(time, width, height));
      Recording.Picture now = detected.get(time);
      if (now == null || !due) {
        everywhere.add(number, tracker.between(time, width, height));
        continue;
      }
      looks.looked(time);
      looked++;
      List<Track> tracks = tracker.update(now.detections(), time, width, height);
      atLooks.add(number, tracks);
      everywhere.add(number, tracks);
      Observation look =
          new Observation(camera, time, Instant.EPOCH.plusMillis(time / 90), width, height, tracks);
      List<Observation> toRules = new ArrayList<>(interpolated.before(look, tracker));
      toRules.add(look);
      observed.addAll(toRules);
      for (Observation one : toRules) {
        for (Alert alert : engine.observe(one)) {
          alerts.add(alert);
          openedAt.putIfAbsent(alert.id(), time);
        }
      }
    }
    long last = shown.get(shown.size() - 1).mediaTime();
    for (Alert alert : engine.end()) {
      alerts.add(alert);
      openedAt.putIfAbsent(alert.id(), last);
    }
    Replay found =
        new Replay(
            alerts,
            engine.measurements().lines(),
            engine.measurements().movements(),
            openedAt,
            observed);
    return new Outcome(found, looked, atLooks, everywhere);
  }
}
