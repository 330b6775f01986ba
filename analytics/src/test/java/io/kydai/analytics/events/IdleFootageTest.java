package io.kydai.analytics.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.inference.Sight;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.motion.Stillness;
import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.SharedData;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an idle rate saves on real clips, and that it loses nothing. The reports are where {@code
 * docs/reports/performance.md} has its figures from.
 */
class IdleFootageTest {
  private static final Logger LOG = LoggerFactory.getLogger(IdleFootageTest.class);

  @Test
  @Tag("report")
  void whoComesIntoAnEmptyRoomIsFoundAsSoonThoughItWasHardlyLookedAt() {
    compare(140, 10);
  }

  /** Six visits of one person each; the room is empty for three to six seconds in between. */
  private static void compare(double until, double maxFps) {
    Labels labels = Labels.read("one-by-one");
    Path clip = SharedData.assumeThere(labels.clip());
    try (DetectorModel model = DetectorCatalogue.load(new DetectorSettings("light", 0.1f, 1));
        Sight sight = new Sight(model)) {
      Map<Long, List<Detection>> known = new HashMap<>();
      Function<DecodedFrame, List<Detection>> network =
          frame -> known.computeIfAbsent(frame.mediaTime(), time -> sight.detect(frame));
      Watched always = Watched.of(clip, until, maxFps, Double.POSITIVE_INFINITY, network);
      Watched idling = Watched.of(clip, until, maxFps, 1, network);
      LOG.info(
          "idle: {} of {} frames analysed ({}), motion {} ms a frame",
          idling.recording().pictures().size(),
          always.recording().pictures().size(),
          idling.skipped(),
          idling.meterMillis());
      List<Alert> seen = opened(Replay.of(always.recording(), labels));
      List<Alert> found = opened(Replay.of(idling.recording(), labels));
      LOG.info("idle: always {}, idling {}", times(seen), times(found));
      assertThat(found).hasSameSizeAs(seen).isNotEmpty();
      for (int i = 0; i < seen.size(); i++) {
        assertThat(seconds(found.get(i))).isCloseTo(seconds(seen.get(i)), Offset.offset(0.5));
      }
      assertThat(idling.analysed()).isLessThan(0.95);
    }
  }

  private static List<Alert> opened(Replay replay) {
    return replay.alerts().stream().filter(a -> a.phase() == Alert.Phase.OPENED).toList();
  }

  private static List<Double> times(List<Alert> alerts) {
    return alerts.stream().map(IdleFootageTest::seconds).toList();
  }

  private static double seconds(Alert alert) {
    return alert.span().start().mediaTime().toSeconds();
  }

  /** An empty room's picture at another time. */
  private record Again(Frame frame, long mediaTime) implements Frame {
    @Override
    public int width() {
      return frame.width();
    }

    @Override
    public int height() {
      return frame.height();
    }

    @Override
    public Instant wallClock() {
      return frame.wallClock();
    }

    @Override
    public AVFrame picture() {
      return frame.picture();
    }
  }

  @Test
  void anEmptyRoomStaysIdleThroughTheNoiseOfItsCameraAndTheFirstWhoComesEndsIt() {
    MotionMeter meter = new MotionMeter();
    Stillness stillness = new Stillness(1);
    int idle = 0;
    long time = 0;
    List<DecodedFrame> empty = new ArrayList<>();
    Path clip = SharedData.assumeThere("clips/one-by-one-person-detection.mp4");
    try (VideoFile file = VideoFile.open(clip)) {
      for (int i = 0; i < 46; i++) { // 4.6 s; the first person comes after 5.8
        empty.add(file.next().orElseThrow());
      }
      for (int i = 0; i < 600; i++, time += 9_000) { // forth and back, for a minute
        Frame frame = empty.get(45 - Math.abs(45 - i % 90));
        stillness.seen(meter.observe(new Again(frame, time)), time);
        idle += stillness.fps(false) == 1 ? 1 : 0;
      }
      assertThat(idle).isGreaterThan(560);
      double woken = 0;
      while (woken == 0) {
        try (DecodedFrame frame = file.next().orElseThrow()) {
          if (stillness.seen(meter.observe(new Again(frame, time)), time)) {
            woken = frame.mediaTime() / 90_000.0;
          }
          time += 9_000;
        }
      }
      assertThat(woken).isBetween(5.0, 6.2);
      LOG.info("idle: {} of 600 frames, woken at {} s of the clip", idle, woken);
    } finally {
      empty.forEach(DecodedFrame::close);
    }
  }

  /** Motion alone, as if the network never saw anything: the least that is analysed. */
  @ParameterizedTest
  @Tag("report")
  @ValueSource(
      strings = {
        "clips/one-by-one-person-detection.mp4",
        "clips/pets09-s2l1_vtest.avi",
        "clips/car-detection.mp4",
        "clips/traffic_suburban_road.mp4",
        "clips/traffic_intersection_uadetrac.mp4",
        "clips/motorbike_vn_intersection_cctv.mp4",
        "clips/crowd_plaza.mp4",
        "clips/people_courtyard.mp4",
        "clips/TUD-Campus.mp4",
        "cdnet-highway/highway_1700f_25fps.mp4"
      })
  void motionOfEachClip(String name) {
    Path clip = SharedData.assumeThere(name);
    Watched watched = Watched.of(clip, 1_000, 10, 1, frame -> List.of());
    LOG.info(
        "motion: {} {} frames, {}% analysed, {} ms a frame",
        name,
        watched.frames(),
        Math.round(100 * watched.analysed()),
        String.format("%.3f", watched.meterMillis()));
    assertThat(watched.frames()).isPositive();
  }
}
