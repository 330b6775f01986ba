package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rules find on a view with scenery. */
class SceneryRulesTest {
  private static final CameraId CAMERA = new CameraId("c");
  private static final Box PLACE = new Box(0.4f, 0.4f, 0.5f, 0.6f);

  @Test
  void aPostIsNoIntruderOnceItIsScenery() {
    assertThat(found("person", true, new RuleSpec("r", "intrusion", Map.of("zone", "z"))))
        .isEmpty();
    assertThat(found("person", false, new RuleSpec("r", "intrusion", Map.of("zone", "z"))))
        .isNotEmpty();
  }

  @Test
  void illegalParkingSeesAVehicleThatStoodThereFromTheFirstPicture() {
    assertThat(
            found(
                "car",
                true,
                new RuleSpec("r", "illegal-parking", Map.of("zone", "z", "for", "20s"))))
        .isNotEmpty();
  }

  private static List<Alert> found(String label, boolean scenery, RuleSpec rule) {
    int[] ids = {0};
    RuleEngine engine =
        new RuleEngine(CAMERA, Film.SCENE, List.of(rule), () -> AlertId.of("a" + ++ids[0]));
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long time = 9_000L * i;
      Track track = new Track(1, label, 0.5f, PLACE, true, 0, 0, scenery);
      alerts.addAll(
          engine.observe(
              new Observation(
                  CAMERA, time, Instant.EPOCH.plusMillis(100L * i), 640, 360, List.of(track))));
    }
    return alerts;
  }
}
