package io.kydai.analytics.plates;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.TestVideo;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Alert.Phase;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.OpenNatives;
import io.kydai.analytics.file.FileAnalysis;
import io.kydai.analytics.inference.StageTimes;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.settings.WatchList;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.plates.PlateFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with the real networks: video, detector, tracker, rules, reader, vote. */
class RealPlatesTest {
  private static final int FRAMES = 16;

  @TempDir private Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenNatives.frames()).isZero();
    assertThat(OpenNatives.decoders()).isZero();
    assertThat(OpenNatives.scalers()).isZero();
  }

  private static PlateSettings brazil(String... listed) {
    List<WatchList.Entry> entries = new ArrayList<>();
    for (String plate : listed) {
      entries.add(new WatchList.Entry(plate, "case " + (entries.size() + 1)));
    }
    return new PlateSettings(PlateFormat.BRAZIL, 0.8, new WatchList(entries));
  }

  /** A photographed car slides over a road from left to right, eighteen pixels a frame. */
  private Path film(BufferedImage car) throws IOException {
    byte[] stream =
        TestVideo.byteStream(
            Drawn.WIDTH,
            Drawn.HEIGHT,
            FRAMES,
            6_000_000,
            (frame, number) -> Drawn.paint(Drawn.road(car, 300 + 18 * number, 160), frame));
    return Files.write(folder.resolve("car.h264"), stream);
  }

  private static List<Alert> alerts(Path video, PlateSettings settings, RuleSpec... rules) {
    Scene scene =
        new Scene(List.of(new Line("v", new Point(0.45, 0), new Point(0.45, 1))), List.of());
    List<Alert> all = new ArrayList<>();
    FileAnalysis.Listener listener =
        new FileAnalysis.Listener() {
          @Override
          public void onFrame(
              long number, Frame frame, Observation observation, List<Alert> found) {
            all.addAll(found);
          }
        };
    try (DetectorModel model = DetectorCatalogue.load(new DetectorSettings("light", 0.1f, 2))) {
      var summary =
          FileAnalysis.run(
              video,
              new CameraAnalysis(new CameraId("gate"), scene, List.of(rules)),
              model,
              settings,
              listener,
              StageTimes.NONE);
      summary.alerts().stream()
          .map(finding -> finding.alert())
          .filter(alert -> alert.phase() == Phase.CLOSED && !all.contains(alert))
          .forEach(all::add);
    }
    return all;
  }

  private static RuleSpec solidLine() {
    return new RuleSpec("lane", "lane-violation", Map.of("line", "v"));
  }

  private static RuleSpec watch() {
    return new RuleSpec("wanted", "plate-watch", Map.of());
  }

  @Test
  void aViolatorsPlateComesOnTheSameAlertAndAListedOneIsFound() throws IOException {
    Path photograph = SharedData.assumeThere("plates/br/HPM9362.jpg");
    BufferedImage car = Drawn.part(photograph, 300, 20, 850, 840, 480);
    List<Alert> all = alerts(film(car), brazil("HPM9362", "HPM9363"), solidLine(), watch());
    List<Alert> violation =
        all.stream().filter(alert -> alert.origin().rule().equals(RuleId.of("lane"))).toList();
    assertThat(violation).extracting(Alert::id).containsOnly(violation.get(0).id());
    assertThat(violation).first().extracting(Alert::phase).isEqualTo(Phase.OPENED);
    assertThat(violation).last().extracting(Alert::phase).isEqualTo(Phase.CLOSED);
    Alert closed = violation.get(violation.size() - 1);
    Plate plate = closed.participants().plates().get(0);
    assertThat(closed.participants().plates()).hasSize(1);
    assertThat(plate.text()).isEqualTo("HPM9362");
    assertThat(plate.confidence()).isBetween(0.8, 1.0);
    assertThat(plate.votes()).isGreaterThanOrEqualTo(Vehicle.MIN_VOTES);
    assertThat(plate.format()).isEqualTo("BR");
    assertThat(closed.participants().tracks()).contains(plate.track());
    List<Alert> wanted =
        all.stream().filter(alert -> alert.origin().rule().equals(RuleId.of("wanted"))).toList();
    assertThat(wanted)
        .first()
        .satisfies(opened -> assertThat(opened.finding().reason()).contains("case 1"));
    assertThat(wanted.get(0).participants().plates())
        .extracting(Plate::text)
        .containsExactly("HPM9362");
    assertThat(wanted).extracting(Alert::id).containsOnly(wanted.get(0).id());
    // The other listed plate differs in what does not look alike: no alert of its own.
    System.out.println("violation: " + violation.size() + " steps, " + shown(plate));
  }

  private static String shown(Plate plate) {
    return plate.text() + " " + plate.confidence() + " " + plate.votes() + "/" + plate.frames();
  }

  /** The same car down to where its plate begins: texts on it must not become one. */
  @Test
  void withoutAPlateThereIsNone() {
    Path photograph = SharedData.assumeThere("plates/br/HPM9362.jpg");
    BufferedImage car = Drawn.part(photograph, 300, 20, 850, 640, 480);
    assertThat(read(car, brazil())).isEmpty();
  }

  /** No photographs of Vietnam's motorbikes are at hand: this one is drawn, with its plate. */
  @Test
  void theTwoLinesOfADrawnMotorbikesPlateAreOnePlate() {
    Plate plate = read(Drawn.motorbike("59-X1", "123.45"), Made.VIETNAM).orElseThrow();
    System.out.println("two lines: " + shown(plate));
    assertThat(plate.text()).isEqualTo("59X112345");
    assertThat(plate.format()).isEqualTo("VN");
  }

  /** What is read of a vehicle on four frames, without the detector. */
  private static Optional<Plate> read(BufferedImage vehicle, PlateSettings settings) {
    CameraAnalysis analysis = new CameraAnalysis(Made.CAMERA, Scene.EMPTY, List.of(watch()));
    try (CameraPlates plates =
        Plates.onCallersThread(analysis, settings, new SimpleMeterRegistry()).orElseThrow()) {
      for (int i = 0; i < 4; i++) {
        int left = 400 + 40 * i;
        long time = i * 45_000L;
        try (DecodedFrame frame = Drawn.frame(Drawn.road(vehicle, left, 200), time)) {
          plates.see(
              frame,
              Made.observation(
                  time,
                  Made.car(
                      1,
                      (double) left / Drawn.WIDTH,
                      200.0 / Drawn.HEIGHT,
                      (double) (left + vehicle.getWidth()) / Drawn.WIDTH,
                      (200.0 + vehicle.getHeight()) / Drawn.HEIGHT)));
        }
        plates.read(1);
        plates.complete(List.of(), time);
      }
      return plates.read(1);
    }
  }
}
