package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The head of YOLO networks without an objectness score (YOLOv8 and its successors).
 *
 * <p>Input: red, green, blue, 0..1. One output {@code [1, 4 + classes, anchors]}, whose rows hold
 * centre x, centre y, width and height in pixels of the input, then the class scores, values 0..1.
 * The anchors are the cells of strides 8, 16 and 32.
 */
final class YoloHead implements DetectorHead {
  private static final int[] STRIDES = {8, 16, 32};

  private final List<String> labels;

  YoloHead(List<String> labels) {
    this.labels = labels;
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public Normalisation normalisation() {
    return Normalisation.unitRgb();
  }

  @Override
  public List<OutputShape> outputs(InputSize input) {
    int anchors = new Grid(input, STRIDES).size();
    return List.of(
        new OutputShape("centres, sizes and class scores", 1, 4 + labels.size(), anchors));
  }

  @Override
  public void score(Outputs outputs, InputSize input, Candidates candidates) {
    FloatBuffer all = outputs.floats(0);
    int anchors = new Grid(input, STRIDES).size();
    for (int label = 0; label < labels.size(); label++) {
      int row = (4 + label) * anchors;
      for (int anchor = 0; anchor < anchors; anchor++) {
        float score = all.get(row + anchor);
        if (score >= candidates.minScore()) {
          candidates.offer(score, anchor, label);
        }
      }
    }
  }

  @Override
  public void box(Outputs outputs, InputSize input, int anchor, float[] box) {
    FloatBuffer all = outputs.floats(0);
    int anchors = new Grid(input, STRIDES).size();
    float x = all.get(anchor);
    float y = all.get(anchors + anchor);
    float halfWidth = all.get(2 * anchors + anchor) / 2;
    float halfHeight = all.get(3 * anchors + anchor) / 2;
    box[0] = x - halfWidth;
    box[1] = y - halfHeight;
    box[2] = x + halfWidth;
    box[3] = y + halfHeight;
  }
}
