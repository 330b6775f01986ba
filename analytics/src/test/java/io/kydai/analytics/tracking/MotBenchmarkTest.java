package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.Track;
import io.kydai.analytics.mot.MotData;
import io.kydai.ingest.SharedData;
import io.kydai.models.Box;
import io.kydai.models.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measured on MOT15's public detections; skipped where the shared data is missing. */
class MotBenchmarkTest {

  @ParameterizedTest
  @CsvSource({
    "masa, PETS09-S2L1, 0.997766, 0.869526, 10",
    "masa, TUD-Campus, 0.997214, 0.871866, 1",
    "masa-hung-kf, PETS09-S2L1, 0.961796, 0.951869, 2",
    "mm-sample, TUD-Campus, 0.526462, 0.557659, 7"
  })
  void evaluatorAgreesWithTrackEval(
      String tracker, String sequence, double mota, double idf1, int switches) {
    MotScore score =
        MotScore.of(
            MotData.readTruth(SharedData.assumeThere("mot/MOT15/" + sequence + "/gt.txt")),
            MotData.read(
                SharedData.assumeThere(
                    "mot/tracker-results/" + tracker + "/" + sequence + ".txt")));
    assertThat(score.mota()).isCloseTo(mota, within(1e-5));
    assertThat(score.idf1()).isCloseTo(idf1, within(1e-5));
    assertThat(score.switches()).isEqualTo(switches);
  }

  @ParameterizedTest
  @CsvSource({"PETS09-S2L1, 768, 576, 10, 0.64, 0.54", "TUD-Campus, 640, 480, 25, 0.55, 0.65"})
  void publicDetectionsAreTrackedAtLeastThisWell(
      String sequence, int width, int height, int fps, double mota, double idf1) {
    MotScore score = score(sequence, width, height, fps, TrackerSettings.DEFAULT);
    System.out.println(sequence + " " + score + " " + score.mota() + " " + score.idf1());
    assertThat(score.mota()).isGreaterThanOrEqualTo(mota);
    assertThat(score.idf1()).isGreaterThanOrEqualTo(idf1);
  }

  static MotScore score(String sequence, int width, int height, int fps, TrackerSettings settings) {
    var detections = MotData.read(SharedData.assumeThere("mot/MOT15/" + sequence + "/det.txt"));
    var truth = MotData.readTruth(SharedData.assumeThere("mot/MOT15/" + sequence + "/gt.txt"));
    return MotScore.of(truth, track(detections, truth.lastKey(), width, height, fps, settings));
  }

  private static SortedMap<Integer, List<MotData.Entry>> track(
      SortedMap<Integer, List<MotData.Entry>> detections,
      int frames,
      int width,
      int height,
      int fps,
      TrackerSettings settings) {
    Tracker tracker = new ByteTracker(settings);
    SortedMap<Integer, List<MotData.Entry>> results = new TreeMap<>();
    for (int frame = 1; frame <= frames; frame++) {
      List<Detection> seen = new ArrayList<>();
      for (MotData.Entry entry : detections.getOrDefault(frame, List.of())) {
        Box box =
            new Box(
                (float) (entry.left() / width),
                (float) (entry.top() / height),
                (float) ((entry.left() + entry.width()) / width),
                (float) ((entry.top() + entry.height()) / height));
        seen.add(new Detection("person", (float) entry.score(), box));
      }
      List<MotData.Entry> found = new ArrayList<>();
      for (Track track : tracker.update(seen, frame * 90_000L / fps, width, height)) {
        if (track.seen()) {
          Box box = track.box();
          found.add(
              new MotData.Entry(
                  (int) track.id(),
                  box.left() * width,
                  box.top() * height,
                  box.width() * width,
                  box.height() * height,
                  track.score()));
        }
      }
      results.put(frame, found);
    }
    return results;
  }
}
