package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The head of DETR-like networks that are exported without their postprocessing (RT-DETR, Zhao et
 * al., CVPR 2024, and its successors, as most converters export them).
 *
 * <p>Input: red, green, blue, 0..1. Outputs: class logits {@code [1, queries, classes]}, which the
 * logistic function turns into independent probabilities; boxes {@code [1, queries, 4]}: centre x,
 * centre y, width and height as fractions of the input's. Each object is reported once.
 *
 * <p>A class whose name is empty is a column of the logits that stands for nothing, such as the ten
 * numbers between 1 and 90 that COCO does not use; it is never reported.
 */
final class DetrHead implements DetectorHead {
  private final List<String> labels;
  private final int[] columns;
  private final int width;
  private final int queries;

  /**
   * Creates the head.
   *
   * @param classes the name of each column of the logits; empty for one that stands for nothing
   * @param queries the number of objects in the network's outputs
   */
  DetrHead(List<String> classes, int queries) {
    width = classes.size();
    columns = IntStream.range(0, width).filter(at -> !classes.get(at).isEmpty()).toArray();
    labels = classes.stream().filter(name -> !name.isEmpty()).toList();
    this.queries = queries;
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
  public boolean suppresses() {
    return false;
  }

  @Override
  public List<OutputShape> outputs(InputSize input) {
    return List.of(
        new OutputShape("class logits", 1, queries, width),
        new OutputShape("centres and sizes", 1, queries, 4));
  }

  @Override
  public void score(Outputs outputs, InputSize input, Candidates candidates) {
    FloatBuffer logits = outputs.floats(0);
    float least = Logistic.logit(candidates.minScore());
    for (int query = 0; query < queries; query++) {
      for (int label = 0; label < columns.length; label++) {
        float logit = logits.get(query * width + columns[label]);
        if (logit >= least) {
          candidates.offer(Logistic.probability(logit), query, label);
        }
      }
    }
  }

  @Override
  public void box(Outputs outputs, InputSize input, int anchor, float[] box) {
    outputs.floats(1).get(anchor * 4, box, 0, 4);
    float x = box[0] * input.width();
    float y = box[1] * input.height();
    float halfWidth = box[2] * input.width() / 2;
    float halfHeight = box[3] * input.height() / 2;
    box[0] = x - halfWidth;
    box[1] = y - halfHeight;
    box[2] = x + halfWidth;
    box[3] = y + halfHeight;
  }
}
