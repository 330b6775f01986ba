package io.kydai.analytics.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.Analytics;
import io.kydai.analytics.TestVideo;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.budget.Attention;
import io.kydai.analytics.decode.OpenNatives;
import io.kydai.analytics.inference.SkipReason;
import io.kydai.analytics.inference.Stage;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * Four cameras of 25 frames per second on one worker that has time for ten, with real queues,
 * decoders, threads and rules. Only the network and the clock are the test's: what a network costs
 * on a busy machine is a matter of chance, and shares of chance cannot be asserted. An inference
 * takes 100 ms of the test's clock, in which all cameras send what they send in that time.
 */
class FairSharesTest {
  private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long COST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int FRAMES = 650;

  private final Map<CameraId, AccessUnitSubscriber> subscribers = new ConcurrentHashMap<>();
  private final AccessUnitSource source =
      (camera, subscriber) -> {
        subscribers.put(camera, subscriber);
        return () -> subscribers.remove(camera);
      };
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong clock = new AtomicLong();
  private final CountDownLatch allSent = new CountDownLatch(1);
  private final Map<CameraId, Integer> analysed = new ConcurrentHashMap<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final Map<CameraId, List<AccessUnit>> streams = new ConcurrentHashMap<>();
  private final List<AccessUnit> film =
      TestVideo.accessUnits(new CameraId("film"), 160, 96, FRAMES);
  private int sent;
  private volatile int mostFrames;

  private final AnalyticsListener listener =
      new AnalyticsListener() {
        @Override
        public void onObservation(Observation observation) {
          analysed.merge(observation.camera(), 1, Integer::sum);
        }

        @Override
        public void onAlert(Alert alert, Observation observation, Frame frame) {
          alerts.add(alert);
        }

        @Override
        public void onAlertWithoutPicture(Alert alert) {
          alerts.add(alert);
        }
      };

  /** One frame of each camera, and all of them decoded. */
  private void send() {
    if (sent == FRAMES) {
      allSent.countDown();
      return;
    }
    streams.forEach((camera, units) -> subscribers.get(camera).onAccessUnit(units.get(sent)));
    sent++;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (CameraId camera : streams.keySet()) {
      while (decoded(camera) < sent && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
    }
    mostFrames = Math.max(mostFrames, OpenNatives.frames());
  }

  private long decoded(CameraId camera) {
    return registry
        .get("kydai.analytics.stage")
        .tag("stage", Stage.DECODE.label())
        .tag("camera", camera.value())
        .timer()
        .count();
  }

  private CameraId stream(String name) {
    CameraId camera = new CameraId(name);
    streams.put(camera, film.stream().map(unit -> of(camera, unit)).toList());
    return camera;
  }

  private static AccessUnit of(CameraId camera, AccessUnit unit) {
    return new AccessUnit(
        camera,
        unit.parameters(),
        unit.sequence(),
        unit.mediaTime(),
        unit.mediaTime(),
        unit.wallClock(),
        WallClockSource.ARRIVAL,
        unit.keyFrame(),
        unit.discontinuity(),
        false,
        unit.data());
  }

  @Test
  void camerasAreAnalysedByTheirWeightAnOpenAlertCountsAndNothingPilesUp() throws Exception {
    CameraId low = stream("low");
    CameraId normal = stream("normal");
    CameraId alerting = stream("alerting");
    CameraId high = stream("high");
    Zone everywhere =
        new Zone(
            "all", List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1)));
    RuleSpec crowd =
        new RuleSpec("crowd", "crowding", Map.of("zone", "all", "people", 1, "for", "0.2s"));
    // Always as often as each of them sends: so it is the workers' turns alone that decide.
    AnalyticsSettings settings = new AnalyticsSettings(1, 2, 25);
    try (Analytics analytics =
        new Analytics(
            source,
            new SlowModel(),
            settings,
            null,
            registry,
            listener,
            ByteTracker::new,
            clock::get)) {
      for (CameraId camera : List.of(low, normal, high)) {
        analytics.add(new CameraAnalysis(camera, Scene.EMPTY, List.of()));
      }
      analytics.add(
          new CameraAnalysis(alerting, new Scene(List.of(), List.of(everywhere)), List.of(crowd)));
      analytics.attend(low, new Attention(Attention.LOW, null));
      analytics.attend(high, new Attention(Attention.HIGH, null));
      send();
      assertThat(allSent.await(120, TimeUnit.SECONDS)).isTrue();

      assertThat(alerts).first().extracting(Alert::phase).isEqualTo(Alert.Phase.OPENED);
      assertThat(analytics.status(alerting).orElseThrow().weight())
          .isEqualTo(AnalysisRateControl.URGENT * Attention.NORMAL);
      double all = 1 + 3 + 9 + 10;
      double inferences = (FRAMES - 1) * (double) FRAME_NANOS / COST_NANOS;
      Percentage close = Percentage.withPercentage(8);
      assertThat(analysed.get(normal) / inferences).isCloseTo(3 / all, close);
      assertThat(analysed.get(alerting) / inferences).isCloseTo(9 / all, close);
      assertThat(analysed.get(high) / inferences).isCloseTo(10 / all, close);
      assertThat(analysed.get(low) / inferences).isCloseTo(1 / all, Percentage.withPercentage(20));

      // Of each camera: one in its place, one lent, and one on its way; of the worker one in hand.
      assertThat(mostFrames).isLessThanOrEqualTo(3 * 4 + 1);
      for (CameraId camera : streams.keySet()) {
        AnalysisStatus status = analytics.status(camera).orElseThrow();
        assertThat(status.skippedBy().get(SkipReason.QUEUE_FULL)).isZero();
        // A frame may come a moment before the one that it follows is taken.
        assertThat(status.skippedBy().get(SkipReason.BUSY))
            .isBetween(status.skipped() - 10, status.skipped());
        assertThat(status.skipped() + analysed.get(camera)).isBetween(FRAMES - 2L, (long) FRAMES);
        assertThat(status.latency()).isPositive();
        assertThat(status.latencyP95()).isPositive();
      }
    }
    assertThat(registry.getMeters()).isEmpty();
    assertThat(OpenNatives.frames()).isZero();
  }

  /** Sees one person on each frame, after 100 ms of the test's clock. */
  private final class SlowModel implements DetectorModel {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public InputSize inputSize() {
      return new InputSize(64, 64);
    }

    @Override
    public List<String> labels() {
      return List.of("person");
    }

    @Override
    public Detector newDetector() {
      return new Detector() {
        @Override
        public List<Detection> detect(ByteBuffer pixels, Letterbox letterbox) {
          long before = clock.get();
          long after = clock.addAndGet(COST_NANOS);
          for (long i = before / FRAME_NANOS; i < after / FRAME_NANOS; i++) {
            send();
          }
          return List.of(new Detection("person", 0.9f, new Box(0.4f, 0.4f, 0.6f, 0.6f)));
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
