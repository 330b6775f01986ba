package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import java.util.List;

/**
 * The head of DETR-like networks that are exported with their postprocessing, as the authors of
 * RT-DETR, D-FINE and DEIM export them.
 *
 * <p>Inputs: red, green, blue, 0..1; and the size of the picture to whose coordinates boxes are
 * scaled. Outputs: class numbers {@code [1, queries]} as 64-bit integers; left, top, right, bottom
 * {@code [1, queries, 4]} in pixels of that picture; scores {@code [1, queries]}.
 */
final class DetrEndToEndHead implements DetectorHead {
  private final List<String> labels;
  private final int queries;

  /**
   * Creates the head.
   *
   * @param queries the number of objects in the network's outputs
   */
  DetrEndToEndHead(List<String> labels, int queries) {
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
  public boolean takesSize() {
    return true;
  }

  @Override
  public List<OutputShape> outputs(InputSize input) {
    return List.of(
        new OutputShape("classes", 1, queries),
        new OutputShape("boxes", 1, queries, 4),
        new OutputShape("scores", 1, queries));
  }

  @Override
  public void score(Outputs outputs, InputSize input, Candidates candidates) {
    for (int query = 0; query < queries; query++) {
      candidates.offerNumbered(
          outputs.floats(2).get(query), query, outputs.floats(0).get(query), labels.size());
    }
  }

  @Override
  public void box(Outputs outputs, InputSize input, int anchor, float[] box) {
    outputs.floats(1).get(anchor * 4, box, 0, 4);
  }
}
