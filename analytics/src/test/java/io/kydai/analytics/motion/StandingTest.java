package io.kydai.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What stands stays known to tracker and rules though it is looked at seldom, and though the
 * network misses it now and then: it comes in from the left within four seconds, stands for ten
 * minutes, and leaves to the right.
 */
class StandingTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final MotionMap STILL = new MotionMap(2, 1, new BitSet());
  private static final MotionMap MOVING = new MotionMap(2, 1, BitSet.valueOf(new long[] {1}));
  private static final double ARRIVES = 14;
  private static final double LEAVES = 614;
  private static final double END = 660;

  private final List<Alert> alerts = new ArrayList<>();
  private int analysed;

  private static double place(double second) {
    double in = Math.min(4, Math.max(0, second - (ARRIVES - 4)));
    double out = Math.min(4, Math.max(0, second - LEAVES));
    return -0.1 + 0.15 * in + 0.15 * out;
  }

  private void watch(String rule, String label, double idleFps, double missed, long seed) {
    Random random = new Random(seed);
    Zone zone =
        new Zone(
            "z",
            List.of(new Point(0.4, 0), new Point(0.6, 0), new Point(0.6, 1), new Point(0.4, 1)));
    int[] ids = {0};
    RuleEngine rules =
        new RuleEngine(
            GATE,
            new Scene(List.of(), List.of(zone)),
            List.of(new RuleSpec("r", rule, Map.of("zone", "z", "for", "30s"))),
            () -> AlertId.of("a" + ++ids[0]));
    ByteTracker tracker = new ByteTracker();
    Stillness stillness = new Stillness(idleFps);
    double due = 0;
    for (int i = 0; i < END * 25; i++) {
      double second = i / 25.0;
      long time = i * 3600L;
      double at = place(second);
      boolean open =
          !alerts.isEmpty() && alerts.get(alerts.size() - 1).phase() != Alert.Phase.CLOSED;
      // What has stopped flows into the measure's memory within two seconds.
      boolean moves =
          second > ARRIVES - 4 && second < ARRIVES + 2 || second >= LEAVES && second < LEAVES + 6;
      if (stillness.seen(moves ? MOVING : STILL, time)) {
        due = second;
      }
      double spacing = 1 / Math.min(10, stillness.fps(open));
      if (second >= due - 1e-9) {
        due = second + spacing;
        analysed++;
        List<Detection> detections =
            at > 0 && at < 1 && random.nextDouble() >= missed
                ? List.of(
                    new Detection(
                        label, 0.6f, new Box((float) at - 0.06f, 0.4f, (float) at + 0.06f, 0.55f)))
                : List.of();
        Observation observation =
            new Observation(
                GATE,
                time,
                Instant.EPOCH.plusMillis(time / 90),
                1280,
                720,
                tracker.update(detections, time, 1280, 720));
        stillness.observed(observation);
        alerts.addAll(rules.observe(observation));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stopped, car, 1, 0, 1",
    "stopped, car, 1, 0.3, 2",
    "stopped, car, 1, 0.5, 3",
    "stopped, car, 0.1, 0, 4",
    "loitering, person, 1, 0, 5",
    "loitering, person, 1, 0.3, 6",
    "loitering, person, 0.1, 0.3, 7",
  })
  void itIsOneAlertFromWhenItCameUntilItLeft(
      String rule, String label, double idleFps, double missed, long seed) {
    watch(rule, label, idleFps, missed, seed);
    assertThat(alerts).extracting(Alert::id).containsOnly(AlertId.of("a1"));
    Alert last = alerts.get(alerts.size() - 1);
    assertThat(last.phase()).isEqualTo(Alert.Phase.CLOSED);
    assertThat(last.span().start().mediaTime().toSeconds()).isCloseTo(ARRIVES, Offset.offset(1.5));
    assertThat(last.span().end().mediaTime().toSeconds()).isCloseTo(LEAVES, Offset.offset(2.0));
    // Who is sure of what stands there looks seldom; who is not, as often as ever.
    if (missed == 0) {
      assertThat(analysed).isLessThan((int) (0.35 * END * 10));
    }
  }
}
