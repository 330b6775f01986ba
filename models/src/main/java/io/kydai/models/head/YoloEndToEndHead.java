package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The head of YOLO networks that report each object once (YOLOv10 and its successors, and graphs
 * that include non-maximum suppression).
 *
 * <p>Input: red, green, blue, 0..1. One output {@code [1, queries, 6]}: left, top, right, bottom in
 * pixels of the input, score, and class number.
 */
public final class YoloEndToEndHead implements DetectorHead {
  private static final int VALUES = 6;

  private final List<String> labels;
  private final int queries;

  /**
   * Creates the head.
   *
   * @param labels the names of the classes, in the network's order
   * @param queries the number of objects in the network's output
   */
  public YoloEndToEndHead(List<String> labels, int queries) {
    this.labels = labels;
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
    return List.of(new OutputShape("boxes, scores and classes", 1, queries, VALUES));
  }

  @Override
  public void score(Outputs outputs, InputSize input, Candidates candidates) {
    FloatBuffer all = outputs.floats(0);
    for (int query = 0; query < queries; query++) {
      int row = query * VALUES;
      candidates.offerNumbered(all.get(row + 4), query, all.get(row + 5), labels.size());
    }
  }

  @Override
  public void box(Outputs outputs, InputSize input, int anchor, float[] box) {
    outputs.floats(0).get(anchor * VALUES, box, 0, 4);
  }
}
