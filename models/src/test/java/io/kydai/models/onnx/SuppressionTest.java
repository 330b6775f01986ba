package io.kydai.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuppressionTest {
  private final Suppression suppression = new Suppression();

  @Test
  void aBoxThatOverlapsABetterOneOfItsClassGoes() {
    assertThat(suppression.keep(box(0, 0, 100, 100), 3)).isTrue();
    assertThat(suppression.keep(box(0, 0, 100, 70), 3)).as("overlap 0.7").isFalse();
    assertThat(suppression.keep(box(0, 0, 100, 50), 3)).as("overlap 0.5").isTrue();
    assertThat(suppression.keep(box(200, 0, 300, 100), 3)).as("apart").isTrue();
  }

  @Test
  void boxesOfDifferentClassesLeaveEachOtherAlone() {
    assertThat(suppression.keep(box(0, 0, 100, 100), 2)).isTrue();
    assertThat(suppression.keep(box(0, 0, 100, 100), 7)).isTrue();
  }

  @Test
  void itIsFullAfterItsLimitAndEmptyAfterClearing() {
    for (int i = 0; i < Suppression.MAX_KEPT; i++) {
      assertThat(suppression.full()).isFalse();
      assertThat(suppression.keep(box(10 * i, 0, 10 * i + 9, 9), 0)).isTrue();
    }
    assertThat(suppression.full()).isTrue();
    suppression.clear();
    assertThat(suppression.full()).isFalse();
    assertThat(suppression.keep(box(0, 0, 9, 9), 0)).isTrue();
  }

  private static float[] box(float... sides) {
    return sides;
  }
}
