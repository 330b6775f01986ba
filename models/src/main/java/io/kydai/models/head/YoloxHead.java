package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The head of YOLOX (github.com/Megvii-BaseDetection/YOLOX, Apache-2.0; Ge et al., "YOLOX", 2021),
 * exported without box decoding in the graph.
 *
 * <p>Input: the bytes' own values 0 to 255, blue, green, red. Output: {@code [1, anchors, 5 +
 * classes]}, with the anchors of strides 8, 16 and 32 in turn: the offset of the centre from the
 * cell's top left corner and the natural logarithm of the size, both in strides; then objectness
 * and class scores, values 0..1. The score of a class is its product with the objectness.
 */
public final class YoloxHead implements DetectorHead {
  private static final int[] STRIDES = {8, 16, 32};
  private static final Normalisation NORMALISATION = Normalisation.none();

  private final List<String> labels;
  private final int values;

  /** Creates the head of a network with the given classes. */
  public YoloxHead(List<String> labels) {
    this.labels = labels;
    values = 5 + labels.size();
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public Normalisation normalisation() {
    return NORMALISATION;
  }

  @Override
  public List<OutputShape> outputs(InputSize input) {
    if (input.width() % 32 != 0 || input.height() % 32 != 0) {
      throw new ModelException(
          "YOLOX's input width and height must be multiples of 32, not " + input);
    }
    return List.of(
        new OutputShape("boxes, objectness and class scores", 1, anchors(input), values));
  }

  @Override
  public void score(Outputs outputs, InputSize input, Candidates candidates) {
    FloatBuffer all = outputs.floats(0);
    int anchors = anchors(input);
    for (int anchor = 0; anchor < anchors; anchor++) {
      int at = anchor * values;
      float objectness = all.get(at + 4);
      if (objectness < candidates.minScore()) {
        continue; // the product cannot reach the threshold, because class scores are at most 1
      }
      for (int label = 0; label < labels.size(); label++) {
        float score = objectness * all.get(at + 5 + label);
        if (score >= candidates.minScore()) {
          candidates.offer(score, anchor, label);
        }
      }
    }
  }

  @Override
  public void box(Outputs outputs, InputSize input, int anchor, float[] box) {
    int level = 0;
    int cell = anchor;
    while (cell >= cells(input, STRIDES[level])) {
      cell -= cells(input, STRIDES[level++]);
    }
    int stride = STRIDES[level];
    int columns = input.width() / stride;
    FloatBuffer all = outputs.floats(0);
    int at = anchor * values;
    float x = (all.get(at) + cell % columns) * stride;
    float y = (all.get(at + 1) + cell / columns) * stride;
    float halfWidth = (float) Math.exp(all.get(at + 2)) * stride / 2;
    float halfHeight = (float) Math.exp(all.get(at + 3)) * stride / 2;
    box[0] = x - halfWidth;
    box[1] = y - halfHeight;
    box[2] = x + halfWidth;
    box[3] = y + halfHeight;
  }

  private static int anchors(InputSize input) {
    int sum = 0;
    for (int stride : STRIDES) {
      sum += cells(input, stride);
    }
    return sum;
  }

  private static int cells(InputSize input, int stride) {
    return (input.width() / stride) * (input.height() / stride);
  }
}
