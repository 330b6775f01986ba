package io.kydai.analytics.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.decode.CameraDecoder;
import io.kydai.analytics.decode.OpenNatives;
import io.kydai.analytics.inference.FramePipeline;
import io.kydai.analytics.inference.InferenceWorker;
import io.kydai.analytics.inference.StageTimes;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.signals.DrawnHead.Countdown;
import io.kydai.analytics.signals.DrawnHead.Phase;
import io.kydai.analytics.signals.DrawnHead.Weather;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From H.264 to the accusation: real encoder, decoder, pipeline, tracker, reader and rule. The
 * vehicles are not drawn, because no network would know drawn ones: a detector that the test wrote
 * tells of them.
 */
class RedLightTest {
  private static final CameraId CAMERA = new CameraId("junction");

  /** When each crosses the stop line, and at which height of the picture's width it drives. */
  private static final double[][] CARS = {
    {3.6, 0.2}, // green
    {5.9, 0.45}, // amber
    {7.3, 0.7}, // red for half a second: within the grace
    {8.9, 0.2}, // red for two seconds
    {10.6, 0.45}, // green
    {15.1, 0.7}, // red for one and a half
  };

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenNatives.frames()).isZero();
    assertThat(OpenNatives.decoders()).isZero();
  }

  @ParameterizedTest(name = "{0}, {1} pixels, {2} bit/s")
  @CsvSource({"DAY, 40, 120000", "DAY, 12, 120000", "SUN, 40, 60000", "NIGHT, 24, 60000"})
  void lampsAreReadFromWhatAnEncoderLeavesOfThem(Weather weather, int length, int bits) {
    DrawnHead head = new DrawnHead(length, true);
    CameraSignals signals =
        new CameraSignals(CAMERA, new Scene(List.of(), List.of(head.zone(0, 0, 1))), List.of());
    DrawnFilm.Counter counter = new DrawnFilm.Counter();
    List<AccessUnit> units =
        EncodedFilm.of(
            CAMERA, head, bits, i -> DrawnFilm.look(weather, i / 10.0, Phase.FULL, Countdown.NONE));
    try (CameraDecoder decoder =
        new CameraDecoder(
            frame -> {
              signals.look(frame);
              Optional<Shown> shown = signals.shown(CAMERA, "head", frame.wallClock());
              counter.count(shown, frame.mediaTime() / 90_000.0);
              frame.close();
            })) {
      units.forEach(unit -> decoder.decode(unit, 0));
      decoder.end();
    }
    assertThat(counter.result().pictures()).isGreaterThan(150);
    assertThat(counter.result().wrong()).as(counter.result().toString()).isZero();
    assertThat(counter.result().late()).as(counter.result().toString()).isLessThanOrEqualTo(3);
  }

  @Test
  void whoCrossesWhileTheLampsHaveShownRedIsAccusedAndNobodyElse() {
    List<Alert> opened = drive(Optional.empty());
    assertThat(opened).hasSize(2);
    assertThat(opened).allMatch(alert -> alert.finding().reason().contains("read from its lamps"));
    assertThat(opened.get(0).finding().reason())
        .matches(
            "car crossed the stop line stop while signal head had shown red for 2(\\.[0-9])? s.*");
    assertThat(opened.get(0).span().start().mediaTime().toSeconds()).isBetween(8.7, 9.2);
    assertThat(opened.get(1).span().start().mediaTime().toSeconds()).isBetween(14.9, 15.4);
  }

  @Test
  void whereTheControllerSaysOtherwiseNobodyIsAccused() {
    assertThat(drive(Optional.of(Light.GREEN))).isEmpty();
  }

  @Test
  void whereTheControllerAgreesBothAreNamed() {
    List<Alert> opened = drive(Optional.of(Light.RED));
    // While the lamps are green and the controller says red, nothing is known.
    assertThat(opened).hasSize(2);
    assertThat(opened)
        .allMatch(alert -> alert.finding().reason().contains("told by its controller and read"));
  }

  private static List<Alert> drive(Optional<Light> told) {
    DrawnHead head = new DrawnHead(36, true);
    Scene scene =
        new Scene(
            List.of(new Line("stop", new Point(0, 0.6), new Point(1, 0.6))),
            List.of(head.zone(0, 0, 1)));
    RuleSpec rule = new RuleSpec("r", "red-light", Map.of("line", "stop", "signal", "head"));
    List<Alert> alerts = new ArrayList<>();
    try (Traffic traffic = new Traffic();
        InferenceWorker worker = new InferenceWorker(traffic)) {
      FramePipeline pipeline =
          new FramePipeline(
              new CameraAnalysis(CAMERA, scene, List.of(rule)),
              new ByteTracker(),
              () -> AlertId.of("a"),
              StageTimes.NONE);
      told.ifPresent(
          light ->
              pipeline
                  .signals()
                  .tell(
                      "head",
                      new ControllerMessage(
                          light,
                          Instant.EPOCH,
                          Instant.EPOCH.plusSeconds(1 << 20),
                          Instant.EPOCH)));
      List<AccessUnit> units =
          EncodedFilm.of(
              CAMERA,
              head,
              200_000,
              i ->
                  DrawnFilm.look(
                      Weather.DAY,
                      i / 10.0,
                      DrawnFilm.flicker(i) == Phase.OFF ? Phase.WEAK : DrawnFilm.flicker(i),
                      Countdown.NONE));
      try (CameraDecoder decoder =
          new CameraDecoder(
              frame -> {
                traffic.seconds = frame.mediaTime() / 90_000.0;
                Observation observation = pipeline.observe(frame, worker);
                alerts.addAll(pipeline.alerts(observation));
                frame.close();
              })) {
        units.forEach(unit -> decoder.decode(unit, 0));
        decoder.end();
      }
    }
    return alerts.stream().filter(alert -> alert.phase() == Alert.Phase.OPENED).toList();
  }

  /** Cars that drive down the picture, two seconds each. */
  private static final class Traffic implements DetectorModel {
    private double seconds;

    @Override
    public String name() {
      return "traffic";
    }

    @Override
    public InputSize inputSize() {
      return new InputSize(64, 64);
    }

    @Override
    public List<String> labels() {
      return List.of("car");
    }

    @Override
    public Detector newDetector() {
      return new Detector() {
        @Override
        public List<Detection> detect(ByteBuffer pixels, Letterbox letterbox) {
          List<Detection> cars = new ArrayList<>();
          for (double[] car : CARS) {
            double ahead = seconds - car[0];
            if (Math.abs(ahead) <= 1) {
              float bottom = (float) (0.6 + 0.25 * ahead);
              float left = (float) car[1];
              cars.add(
                  new Detection("car", 0.9f, new Box(left, bottom - 0.2f, left + 0.2f, bottom)));
            }
          }
          return cars;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
