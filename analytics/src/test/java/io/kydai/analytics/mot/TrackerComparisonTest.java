package io.kydai.analytics.mot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.analytics.tracking.Tracker;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our tracker against SORT on MOT15's public detections; both are measured in the same run. */
class TrackerComparisonTest {
  private static final Logger LOG = LoggerFactory.getLogger(TrackerComparisonTest.class);

  private List<MotSequence> sequences;

  @BeforeEach
  void read() {
    sequences = MotSequence.NAMES.stream().map(MotSequence::read).toList();
  }

  @Test
  void isAtLeastAsGoodAsSortOnEverySequenceAndBetterOnTheMean() {
    LOG.info("every frame\n{}", TrackerComparison.table(MotSequence.NAMES, frame -> true));
    for (MotSequence sequence : sequences) {
      MotScore sort = sequence.score(new Sort());
      MotScore ours = sequence.score(kydai());
      assertThat(ours.clear().mota())
          .as("MOTA of %s", sequence.name())
          .isGreaterThanOrEqualTo(sort.clear().mota());
      assertThat(ours.identity().idf1())
          .as("IDF1 of %s", sequence.name())
          .isGreaterThanOrEqualTo(sort.identity().idf1());
    }
    betterOnTheMean(sequences, frame -> true, 0.02, 0.05);
  }

  @Test
  void losesLittleWhereFramesAreMissingAtRandom() {
    // 2 of 3 frames are not analysed, in runs of any length.
    IntPredicate some = frame -> (frame * 0x9E3779B1 >>> 16) % 3 == 0;
    betterOnTheMean(sequences, some, 0.02, 0.04);
  }

  @Test
  void aShakenCameraCostsLittle() {
    List<MotSequence> shaken = sequences.stream().map(sequence -> sequence.shaken(0.03)).toList();
    betterOnTheMean(shaken, frame -> true, 0.05, 0.08);
  }

  private static void betterOnTheMean(
      List<MotSequence> sequences, IntPredicate analysed, double mota, double idf1) {
    ToDoubleFunction<MotScore> byMota = score -> score.clear().mota();
    ToDoubleFunction<MotScore> byIdf1 = score -> score.identity().idf1();
    double[] sort = means(sequences, Sort::new, analysed, List.of(byMota, byIdf1));
    double[] ours =
        means(sequences, TrackerComparisonTest::kydai, analysed, List.of(byMota, byIdf1));
    LOG.info("SORT {}, ours {}", sort, ours);
    assertThat(ours[0] - sort[0]).as("MOTA").isGreaterThan(mota);
    assertThat(ours[1] - sort[1]).as("IDF1").isGreaterThan(idf1);
  }

  private static double[] means(
      List<MotSequence> sequences,
      Supplier<Tracker> tracker,
      IntPredicate analysed,
      List<ToDoubleFunction<MotScore>> figures) {
    List<MotScore> scores =
        sequences.stream().map(sequence -> sequence.score(tracker.get(), analysed)).toList();
    return figures.stream()
        .mapToDouble(figure -> scores.stream().mapToDouble(figure).average().orElseThrow())
        .toArray();
  }

  private static Tracker kydai() {
    return new ByteTracker(TrackerComparison.SETTINGS);
  }
}
