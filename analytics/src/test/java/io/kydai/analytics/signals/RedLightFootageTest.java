package io.kydai.analytics.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.inference.FramePipeline;
import io.kydai.analytics.inference.InferenceWorker;
import io.kydai.analytics.inference.StageTimes;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two real riders over a real stop line while a real lamp is red, from the pixels to the alert. One
 * rolls over it at 2 s and stands between line and crossing; from behind he is a person to the
 * network until 3.2 s. One crosses at 4 s and goes on over the junction. A third waits behind the
 * line, and four come towards the camera over the same line, which is no offence. By eye, to half a
 * second.
 */
class RedLightFootageTest {
  private static final Logger LOG = LoggerFactory.getLogger(RedLightFootageTest.class);
  private static final CameraId JUNCTION = new CameraId("junction");
  private static final long OTHER_PLACE = Math.round(8.4 * 90_000); // The recording is cut there.

  private static CameraAnalysis junction() {
    List<Line> lines =
        List.of(
            new Line("stop", new Point(0.1, 0.70), new Point(0.80, 0.70)),
            new Line("crossing", new Point(0.1, 0.58), new Point(0.82, 0.58)));
    Zone head =
        new Zone(
            "head",
            List.of(
                new Point(0.9695, 0.0194),
                new Point(0.9961, 0.0194),
                new Point(0.9961, 0.1667),
                new Point(0.9695, 0.1667)),
            ZoneUse.SIGNAL,
            null);
    return new CameraAnalysis(
        JUNCTION,
        new Scene(lines, List.of(head)),
        List.of(rule("over-the-line", "stop"), rule("over-the-crossing", "crossing")));
  }

  private static RuleSpec rule(String id, String line) {
    return new RuleSpec(
        id, "red-light", Map.of("line", line, "signal", "head", "direction", "backward"));
  }

  /** Who goes on over the second line is still one alert. */
  @ParameterizedTest
  @ValueSource(strings = {"default", "quality"})
  void bothWhoGoOverTheLineAreToldOnceAndNobodyElse(String setting) {
    List<Alert> alerts = alerts(setting);
    List<Alert> opened = in(Alert.Phase.OPENED, alerts);
    assertThat(opened).hasSize(2);
    assertThat(seconds(opened.get(0))).isBetween(1.5, 2.7);
    assertThat(seconds(opened.get(1))).isBetween(3.5, 4.7);
    assertThat(opened)
        .extracting(alert -> alert.finding().reason())
        .allMatch(why -> why.startsWith("motorcycle crossed the stop line stop while signal head"));
    assertThat(in(Alert.Phase.CLOSED, alerts))
        .hasSize(2)
        .filteredOn(alert -> alert.finding().reason().contains("rule over-the-crossing"))
        .extracting(Alert::id)
        .containsExactly(opened.get(1).id());
  }

  private static double seconds(Alert alert) {
    return alert.span().start().mediaTime().toSeconds();
  }

  private static List<Alert> in(Alert.Phase phase, List<Alert> alerts) {
    return alerts.stream().filter(alert -> alert.phase() == phase).toList();
  }

  /** Every third picture, some seven a second, as on a node with work to do. */
  private static List<Alert> alerts(String setting) {
    Path clip = SharedData.assumeThere("clips/motorbike_vn_intersection_cctv.mp4");
    List<Alert> alerts = new ArrayList<>();
    AtomicInteger ids = new AtomicInteger();
    FramePipeline pipeline =
        new FramePipeline(
            junction(),
            new ByteTracker(),
            () -> AlertId.of("a" + ids.incrementAndGet()),
            StageTimes.NONE);
    try (DetectorModel model = DetectorCatalogue.load(new DetectorSettings(setting, 0.1f, 2));
        VideoFile file = VideoFile.open(clip);
        InferenceWorker worker = new InferenceWorker(model)) {
      Optional<DecodedFrame> next = file.next();
      for (int i = 0; next.isPresent(); i++, next = file.next()) {
        try (DecodedFrame frame = next.get()) {
          if (frame.mediaTime() > OTHER_PLACE) {
            alerts.addAll(pipeline.end(frame.mediaTime()));
            break;
          }
          if (i % 3 == 0) {
            alerts.addAll(pipeline.alerts(pipeline.observe(frame, worker)));
          }
        }
      }
    }
    alerts.forEach(
        alert ->
            LOG.info(
                "{}: {} {} s {}",
                setting,
                alert.phase(),
                seconds(alert),
                alert.finding().reason()));
    return alerts;
  }
}
