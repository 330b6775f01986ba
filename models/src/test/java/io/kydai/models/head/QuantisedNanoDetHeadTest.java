package io.kydai.models.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.models.detection.InputSize;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of a 64 x 32 input, which has 8 x 4 cells, then 4 x 2, then 2 x 1, beside real numbers. */
class QuantisedNanoDetHeadTest {
  private static final InputSize INPUT = new InputSize(64, 32);
  private static final List<String> LABELS = List.of("person", "car", "bus");
  private static final int[] CELLS = {32, 8, 2};
  private static final float[][] SCALES = {
    {0.03f, 159}, {0.05f, 128}, {0.02f, 200}, {0.09f, 107}, {0.07f, 98}, {0.06f, 99}
  };

  private final QuantisedNanoDetHead head = new QuantisedNanoDetHead(LABELS);
  private final NanoDetHead real = new NanoDetHead(LABELS);

  @Test
  void scoresAndBoxesAreThoseOfTheNumbersThatTheBytesStandFor() {
    Outputs bytes = bytes();
    Outputs numbers = numbers(bytes);
    Candidates found = new Candidates(0.6f, false);
    Candidates expected = new Candidates(0.6f, false);
    head.score(bytes, INPUT, found);
    real.score(numbers, INPUT, expected);
    found.sort();
    expected.sort();
    assertThat(found.size()).isEqualTo(expected.size()).isGreaterThan(10);
    float[] box = new float[4];
    float[] expectedBox = new float[4];
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.score(i)).isCloseTo(expected.score(i), within(1e-6f));
      assertThat(found.anchor(i)).isEqualTo(expected.anchor(i));
      assertThat(found.label(i)).isEqualTo(expected.label(i));
      head.box(bytes, INPUT, found.anchor(i), box);
      real.box(numbers, INPUT, found.anchor(i), expectedBox);
      assertThat(box).containsExactly(expectedBox);
    }
  }

  private static Outputs bytes() {
    Random random = new Random(11);
    ByteBuffer[] outputs = new ByteBuffer[6];
    for (int i = 0; i < outputs.length; i++) {
      byte[] values = new byte[CELLS[i % 3] * (i < 3 ? LABELS.size() : 44)];
      random.nextBytes(values);
      outputs[i] = ByteBuffer.wrap(values);
    }
    FloatBuffer scales = FloatBuffer.allocate(12);
    for (float[] of : SCALES) {
      scales.put(of);
    }
    return Outputs.of(
        outputs[0], outputs[1], outputs[2], outputs[3], outputs[4], outputs[5], scales);
  }

  private static Outputs numbers(Outputs bytes) {
    FloatBuffer[] outputs = new FloatBuffer[6];
    for (int i = 0; i < outputs.length; i++) {
      ByteBuffer from = bytes.bytes(i);
      outputs[i] = FloatBuffer.allocate(from.capacity());
      for (int at = 0; at < from.capacity(); at++) {
        float value = SCALES[i][0] * ((from.get(at) & 0xff) - SCALES[i][1]);
        outputs[i].put(at, i < 3 ? Logistic.probability(value) : value);
      }
    }
    return Outputs.of(outputs);
  }
}
