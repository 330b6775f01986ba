package io.kydai.models.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kydai.models.CocoLabels;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** One anchor of each stride by hand: a 64 x 32 input has 8 x 4, then 4 x 2, then 2 x 1 of them. */
class YoloxHeadTest {
  private static final InputSize INPUT = new InputSize(64, 32);
  private static final int VALUES = 85;
  private static final int CAR = CocoLabels.NAMES.indexOf("car");

  private final YoloxHead head = new YoloxHead(CocoLabels.NAMES);
  private final FloatBuffer output = FloatBuffer.allocate(42 * VALUES);
  private final Candidates candidates = new Candidates(0.3f, false);

  @Test
  void theShapeFollowsFromTheInput() {
    assertThat(head.outputs(INPUT).get(0).dimensions()).containsExactly(1, 42, VALUES);
    assertThatThrownBy(() -> head.outputs(new InputSize(64, 40)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("multiples of 32");
  }

  @Test
  void aScoreIsObjectnessTimesClassAndOnlyThoseAboveTheThresholdAreOffered() {
    put(5, new float[] {0, 0, 0, 0}, 0.8f, 0.5f);
    put(6, new float[] {0, 0, 0, 0}, 0.5f, 0.5f); // 0.25
    put(7, new float[] {0, 0, 0, 0}, 0.2f, 1);
    head.score(Outputs.of(output), INPUT, candidates);
    assertThat(candidates.size()).isEqualTo(1);
    assertThat(candidates.score(0)).isEqualTo(0.4f);
    assertThat(candidates.anchor(0)).isEqualTo(5);
    assertThat(candidates.label(0)).isEqualTo(CAR);
  }

  @Test
  void aBoxIsCentredFromItsCellAndSizedInStrides() {
    float twice = (float) Math.log(2);
    put(8 + 3, new float[] {0.5f, 0.25f, twice, 0}, 1, 1); // stride 8, column 3, row 1
    put(32 + 4 + 2, new float[] {0, 0, 0, twice}, 1, 1); // stride 16, column 2, row 1
    put(40 + 1, new float[] {0.5f, 0.5f, 0, 0}, 1, 1); // stride 32, column 1, row 0
    assertBox(11, 28 - 8, 10 - 4, 28 + 8, 10 + 4);
    assertBox(38, 32 - 8, 16 - 16, 32 + 8, 16 + 16);
    assertBox(41, 48 - 16, 16 - 16, 48 + 16, 16 + 16);
  }

  private void put(int anchor, float[] box, float objectness, float score) {
    output.put(anchor * VALUES, box);
    output.put(anchor * VALUES + 4, objectness);
    output.put(anchor * VALUES + 5 + CAR, score);
  }

  private void assertBox(int anchor, float... expected) {
    float[] box = new float[4];
    head.box(Outputs.of(output), INPUT, anchor, box);
    assertThat(box).containsExactly(expected, within(1e-4f));
  }
}
