package io.kydai.analytics.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.OpenNatives;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.analytics.tracking.ClassGroups;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole way from a clip's frames to tracks, with and without a far zone. */
class RegionInferenceTest {
  private static final Logger LOG = LoggerFactory.getLogger(RegionInferenceTest.class);
  private static final int FRAMES = 6; // 0.4 s apart

  /**
   * @param small tracks seen, summed over the frames
   * @param last of the last frame
   */
  private record Result(int small, int large, List<Track> last, int inferences) {}

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenNatives.frames()).isZero();
    assertThat(OpenNatives.scalers()).isZero();
  }

  @Test
  void atAJunctionMoreOfTheSmallCarsAreTrackedAndNoneTwice() {
    Path clip = SharedData.assumeThere("clips/traffic_intersection_uadetrac.mp4");
    Zone far =
        new Zone(
            "far",
            List.of(new Point(0, 0), new Point(1, 0), new Point(1, 0.5), new Point(0, 0.5)),
            ZoneUse.FAR,
            null);
    // In int8 a van's box lies mostly on the car before it, with and without regions.
    DetectorSettings settings =
        new DetectorSettings("light", null, Device.CPU, Precision.FP32, 0.1f, 1);
    try (DetectorModel model = DetectorCatalogue.load(settings)) {
      Result without = watch(clip, model, Scene.EMPTY);
      Result with = watch(clip, model, new Scene(List.of(), List.of(far)));
      LOG.info("without a far zone {}, with one {}", without, with);
      assertThat(without.inferences()).isEqualTo(FRAMES);
      assertThat(with.inferences()).isBetween(FRAMES + 1, 2 * FRAMES);
      assertThat(with.small()).isGreaterThan(without.small() * 5 / 4);
      assertThat(with.large()).isGreaterThanOrEqualTo(without.large());
      for (Track one : with.last()) {
        for (Track other : with.last()) {
          if (one.id() < other.id()
              && ClassGroups.of(one.label()).equals(ClassGroups.of(other.label()))) {
            assertThat(one.box().iou(other.box())).isLessThan(0.6f);
          }
        }
      }
    }
  }

  private static Result watch(Path clip, DetectorModel model, Scene scene) {
    AtomicInteger inferences = new AtomicInteger();
    StageTimes times = (stage, nanos) -> inferences.addAndGet(stage == Stage.INFERENCE ? 1 : 0);
    CameraAnalysis analysis = new CameraAnalysis(new CameraId("junction"), scene, List.of());
    FramePipeline pipeline =
        new FramePipeline(analysis, new ByteTracker(), () -> AlertId.of("unused"), times);
    List<Track> tracks = List.of();
    int small = 0;
    int large = 0;
    try (VideoFile file = VideoFile.open(clip);
        InferenceWorker worker = new InferenceWorker(model)) {
      for (int number = 0; number <= 12 * (FRAMES - 1); number++) {
        try (DecodedFrame frame = file.next().orElseThrow()) {
          if (number % 12 == 0) {
            Observation observation = pipeline.observe(frame, worker);
            tracks = observation.tracks().stream().filter(Track::seen).toList();
            int few = (int) tracks.stream().filter(RegionInferenceTest::isSmall).count();
            small += few;
            large += tracks.size() - few;
          }
        }
      }
    }
    return new Result(small, large, tracks, inferences.get());
  }

  private static boolean isSmall(Track track) {
    return Math.sqrt(track.box().width() * 960.0 * track.box().height() * 540) < 48;
  }
}
