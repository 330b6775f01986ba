package io.kydai.analytics.rules;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.settings.PlateFeed;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.settings.SignalFeed;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.Landmark;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A rule engine fed with made-up tracks, frame by frame. */
final class Film {
  static final Scene SCENE =
      new Scene(
          List.of(new Line("v", new Point(0.5, 0.1), new Point(0.5, 0.9))),
          List.of(
              new Zone(
                  "z",
                  List.of(
                      new Point(0.2, 0.2),
                      new Point(0.8, 0.2),
                      new Point(0.8, 0.8),
                      new Point(0.2, 0.8)))));

  /** The same seen from straight above: the picture is 100 m wide and 100 m high. */
  static final Scene FROM_ABOVE =
      new Scene(
          SCENE.lines(),
          SCENE.zones(),
          Calibration.ofLandmarks(
              Landmark.Unit.METRES,
              List.of(
                  new Landmark(new Point(0, 0), 0, 100),
                  new Landmark(new Point(1, 0), 100, 100),
                  new Landmark(new Point(1, 1), 100, 0),
                  new Landmark(new Point(0, 1), 0, 0))));

  private static final CameraId CAMERA = new CameraId("film");

  final List<Alert> alerts = new ArrayList<>();
  final RuleEngine engine;
  private final Instant begin;
  private final Map<Long, Long> first = new HashMap<>();
  private final List<Track> next = new ArrayList<>();
  private long time;
  private int ids;

  Film(String type, Map<String, Object> settings) {
    this(type, settings, Instant.EPOCH);
  }

  Film(String type, Map<String, Object> settings, Instant begin) {
    this(SCENE, begin, new RuleSpec("r", type, settings));
  }

  Film(Scene scene, String type, Map<String, Object> settings) {
    this(scene, Instant.EPOCH, new RuleSpec("r", type, settings));
  }

  Film(Scene scene, Instant begin, RuleSpec... rules) {
    this(RuleTypes.all(), scene, begin, rules);
  }

  Film(SortedMap<String, RuleType> types, Scene scene, Instant begin, RuleSpec... rules) {
    this(types, PlateFeed.NONE, scene, begin, rules);
  }

  Film(PlateFeed plates, Map<String, Object> settings) {
    this(RuleTypes.all(), plates, SCENE, Instant.EPOCH, new RuleSpec("r", "plate-watch", settings));
  }

  private Film(
      SortedMap<String, RuleType> types,
      PlateFeed plates,
      Scene scene,
      Instant begin,
      RuleSpec... rules) {
    this.begin = begin;
    engine =
        new RuleEngine(
            CAMERA,
            scene,
            List.of(rules),
            () -> AlertId.of("a" + ++ids),
            SignalFeed.NONE,
            plates,
            types);
  }

  /** Adds an object, 0.05 wide and 0.1 high, that stands at a place on the next frame. */
  Film at(long id, String label, double x, double y) {
    return box(id, label, x - 0.025, y - 0.1, x + 0.025, y);
  }

  Film box(long id, String label, double left, double top, double right, double bottom) {
    Box box = new Box((float) left, (float) top, (float) right, (float) bottom);
    first.putIfAbsent(id, time);
    next.add(new Track(id, label, 0.9f, box, true, first.get(id)));
    return this;
  }

  Film ghost(long id, String label, double x, double y) {
    at(id, label, x, y);
    Track track = next.remove(next.size() - 1);
    next.add(new Track(id, label, 0.9f, track.box(), false, track.firstMediaTime()));
    return this;
  }

  /** The next frame comes, and after it the given seconds pass. */
  Film frame(double seconds) {
    return frame(seconds, false);
  }

  /** A moment between two frames, to which boxes were moved, and after it the seconds pass. */
  Film propagated(double seconds) {
    return frame(seconds, true);
  }

  private Film frame(double seconds, boolean propagated) {
    Instant wall = begin.plusMillis(time / 90);
    alerts.addAll(engine.observe(new Observation(CAMERA, time, wall, 640, 360, next, propagated)));
    next.clear();
    time += MediaTime.ticksOfSeconds(seconds);
    return this;
  }

  double seconds() {
    return time / 90_000.0;
  }

  Film end() {
    alerts.addAll(engine.end());
    return this;
  }

  String phases() {
    StringBuilder text = new StringBuilder();
    for (Alert alert : alerts) {
      text.append(alert.id()).append(alert.phase().name().charAt(0)).append(' ');
    }
    return text.toString().strip();
  }
}
