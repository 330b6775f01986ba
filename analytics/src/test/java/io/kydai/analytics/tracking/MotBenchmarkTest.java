package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.mot.MotScore;
import io.kydai.analytics.mot.MotSequence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The product's settings on MOT15's public detections, which are not the product's detector's;
 * skipped where the shared data is missing.
 */
class MotBenchmarkTest {

  @ParameterizedTest
  @CsvSource({"PETS09-S2L1, 0.64, 0.46", "TUD-Campus, 0.55, 0.65"})
  void publicDetectionsAreTrackedAtLeastThisWell(String sequence, double mota, double idf1) {
    MotScore score = MotSequence.read(sequence).score(new ByteTracker());
    assertThat(score.clear().mota()).isGreaterThanOrEqualTo(mota);
    assertThat(score.identity().idf1()).isGreaterThanOrEqualTo(idf1);
  }
}
