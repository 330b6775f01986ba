package io.kydai.analytics.plates;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.Analytics;
import io.kydai.analytics.AnnexB;
import io.kydai.analytics.TestVideo;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Alert.Phase;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.analytics.decode.OpenNatives;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.pipeline.AnalyticsListener;
import io.kydai.analytics.pipeline.AnalyticsSettings;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.settings.WatchList;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.plates.PlateFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A camera on its threads, with the networks that read plates on theirs. */
class LivePlatesTest {
  private static final int GROUP = 10;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final AtomicReference<AccessUnitSubscriber> camera = new AtomicReference<>();
  private final BlockingQueue<Observation> observed = new LinkedBlockingQueue<>();
  private final BlockingQueue<Alert> alerts = new LinkedBlockingQueue<>();
  private final BlockingQueue<PlatePicture> pictures = new LinkedBlockingQueue<>();

  @Test
  void detectionGoesOnWhilePlatesAreReadAndAListedOneRaisesAnAlertWithItsPicture()
      throws Exception {
    BufferedImage road = Drawn.road(Drawn.motorbike("59-X1", "123.45"), 500, 300);
    byte[] stream =
        TestVideo.byteStream(
            Drawn.WIDTH, Drawn.HEIGHT, GROUP, 4_000_000, (frame, n) -> Drawn.paint(road, frame));
    List<AccessUnit> units =
        AnnexB.split(stream, Made.CAMERA, Drawn.WIDTH, Drawn.HEIGHT, TestVideo.TICKS_PER_FRAME);
    PlateSettings settings =
        new PlateSettings(
            PlateFormat.VIETNAM,
            0.8,
            new WatchList(List.of(new WatchList.Entry("59X112345", "case 17"))));
    try (Analytics analytics =
        new Analytics(
            (id, subscriber) -> {
              camera.set(subscriber);
              return () -> {};
            },
            new OneMotorcycle(),
            new AnalyticsSettings(1, 1, 1000),
            settings,
            metrics,
            new Heard())) {
      analytics.add(
          new CameraAnalysis(
              Made.CAMERA, Scene.EMPTY, List.of(new RuleSpec("w", "plate-watch", Map.of()))));
      Alert opened = null;
      for (int number = 0; opened == null && number < 1200; number++) {
        camera.get().onAccessUnit(at(units.get(number % GROUP), number));
        assertThat(observed.poll(30, TimeUnit.SECONDS)).isNotNull();
        opened = alerts.poll(100, TimeUnit.MILLISECONDS);
      }
      assertThat(opened).isNotNull();
      assertThat(opened.phase()).isEqualTo(Phase.OPENED);
      assertThat(opened.finding().reason()).contains("case 17");
      assertThat(opened.participants().plates())
          .extracting(Plate::text)
          .containsExactly("59X112345");
      PlatePicture picture = pictures.poll(30, TimeUnit.SECONDS);
      assertThat(picture).isNotNull();
      assertThat(picture.track()).isEqualTo(opened.participants().plates().get(0).track());
      analytics.remove(Made.CAMERA);
      assertThat(alerts).last().extracting(Alert::phase).isEqualTo(Phase.CLOSED);
      assertThat(alerts)
          .last()
          .satisfies(closed -> assertThat(closed.participants().plates()).hasSize(1));
      assertThat(alerts).extracting(Alert::id).containsOnly(opened.id());
    }
    assertThat(metrics.getMeters()).isEmpty();
    assertThat(OpenNatives.frames()).isZero();
    assertThat(OpenNatives.scalers()).isZero();
  }

  /** The same pictures over and over, at a fifth of a second each. */
  private static AccessUnit at(AccessUnit unit, int number) {
    long mediaTime = number * 18_000L;
    return new AccessUnit(
        unit.camera(),
        unit.parameters(),
        number,
        mediaTime,
        mediaTime,
        unit.wallClock(),
        WallClockSource.ARRIVAL,
        unit.keyFrame(),
        false,
        false,
        unit.data());
  }

  private final class Heard implements AnalyticsListener {
    @Override
    public void onObservation(Observation observation) {
      observed.add(observation);
    }

    @Override
    public void onAlert(Alert alert, Observation observation, Frame frame) {
      alerts.add(alert);
    }

    @Override
    public void onAlertWithoutPicture(Alert alert) {
      alerts.add(alert);
    }

    @Override
    public void onPlate(Alert alert, PlatePicture picture) {
      pictures.add(picture);
    }
  }

  /** Sees the drawn one where it is. */
  private static final class OneMotorcycle implements DetectorModel {
    @Override
    public String name() {
      return "one motorcycle";
    }

    @Override
    public InputSize inputSize() {
      return new InputSize(64, 64);
    }

    @Override
    public List<String> labels() {
      return List.of("motorcycle");
    }

    @Override
    public Detector newDetector() {
      Box box = new Box(500f / 1280, 300f / 720, 740f / 1280, 660f / 720);
      return new Detector() {
        @Override
        public List<Detection> detect(ByteBuffer pixels, Letterbox letterbox) {
          return List.of(new Detection("motorcycle", 0.9f, box));
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
