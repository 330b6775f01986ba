package io.kydai.analytics.bench;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.mot.MotSequence;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operation is one frame; the sequence is played again and again, each time by a new tracker
 * and new rules.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
  private static final CameraId CAMERA = new CameraId("bench");

  @Param({"PETS09-S2L1", "ADL-Rundle-6"})
  public String sequence;

  private MotSequence mot;
  private List<Observation> observations;
  private ByteTracker tracker;
  private RuleEngine rules;
  private int tracked;
  private int asked;

  @Setup
  public void read() {
    mot = MotSequence.read(sequence);
    observations = new ArrayList<>();
    tracker = new ByteTracker();
    for (int i = 0; i < mot.frames().size(); i++) {
      long time = mot.mediaTime(i);
      observations.add(
          new Observation(
              CAMERA,
              time,
              Instant.EPOCH.plusMillis(time / 90),
              mot.width(),
              mot.height(),
              tracker.update(mot.frames().get(i), time, mot.width(), mot.height())));
    }
    tracked = 0;
    asked = 0;
  }

  /** Associates a frame's detections with the tracks. */
  @Benchmark
  public List<Track> track() {
    if (tracked == 0) {
      tracker = new ByteTracker();
    }
    List<Track> tracks =
        tracker.update(
            mot.frames().get(tracked), mot.mediaTime(tracked), mot.width(), mot.height());
    tracked = (tracked + 1) % mot.frames().size();
    return tracks;
  }

  /** Asks a frame's observation about one line and one zone. */
  @Benchmark
  public List<Alert> rules() {
    if (asked == 0) {
      rules = lineAndZone();
    }
    List<Alert> alerts = rules.observe(observations.get(asked));
    asked = (asked + 1) % observations.size();
    return alerts;
  }

  private static RuleEngine lineAndZone() {
    Scene scene =
        new Scene(
            List.of(new Line("line", new Point(0.5, 0), new Point(0.5, 1))),
            List.of(
                new Zone(
                    "zone",
                    List.of(
                        new Point(0.3, 0.2),
                        new Point(0.7, 0.2),
                        new Point(0.8, 0.8),
                        new Point(0.2, 0.8)))));
    return new RuleEngine(
        CAMERA,
        scene,
        List.of(
            new RuleSpec("count", "line-count", Map.of("line", "line")),
            new RuleSpec("crowd", "crowding", Map.of("zone", "zone", "people", 5, "for", "3s"))),
        () -> AlertId.of("alert"));
  }
}
