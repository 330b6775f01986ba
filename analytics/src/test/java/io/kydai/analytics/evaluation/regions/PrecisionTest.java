package io.kydai.analytics.evaluation.regions;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PrecisionTest {
  private static final double ALL = Double.MAX_VALUE;
  private final Precision precision = new Precision();

  private static Truth truth(String group, float left, float side) {
    return new Truth(0, group, new Box(left, 0, left + side, side));
  }

  /** On a picture of 1000×1000. */
  private static Detection seen(String label, double score, float left, float side) {
    Box box = new Box(left / 1000, 0, (left + side) / 1000, side / 1000);
    return new Detection(label, (float) score, box);
  }

  private void frame(List<Truth> truth, Detection... seen) {
    precision.add(truth, List.of(seen), List.of("vehicle"), 1000, 1000);
  }

  @Test
  void rightOnesCountByGroupAndOnlyOnce() {
    frame(
        List.of(truth("vehicle", 0, 20), truth("vehicle", 500, 200)),
        seen("truck", 0.9, 1, 20),
        seen("car", 0.8, 0, 20),
        seen("bus", 0.7, 510, 200),
        seen("person", 0.99, 800, 50));
    assertThat(precision.precision(0)).isCloseTo(2 / 3.0, Offset.offset(1e-9));
    assertThat(precision.recall(0, 0, ALL)).isEqualTo(1);
    assertThat(precision.recall(0.8f, 0, ALL)).isEqualTo(0.5);
    assertThat(precision.recall(0.8f, 0, 24)).isEqualTo(1);
    assertThat(precision.averagePrecision(96, ALL)).isEqualTo(1);
    // Up to half the recall all are right, then two of three: (51 + 50 × 2/3) / 101.
    assertThat(precision.averagePrecision(0, ALL)).isCloseTo(0.835, Offset.offset(1e-3));
    assertThat(precision.scoreAt(0.8)).isEqualTo(0.9f);
  }

  @Test
  void whatIsFoundWhereNobodyCanTellDoesNotCount() {
    frame(
        List.of(truth("vehicle", 0, 20), truth(Truth.IGNORE, 400, 300)),
        seen("car", 0.9, 0, 20),
        seen("car", 0.8, 500, 50));
    assertThat(precision.truths(0, ALL)).isEqualTo(1);
    assertThat(precision.precision(0)).isEqualTo(1);
  }
}
