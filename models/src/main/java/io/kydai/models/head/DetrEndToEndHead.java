package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The head of DETR-like networks exported with their last step, as the authors of RT-DETR, D-FINE
 * and DEIM do.
 *
 * <p>Inputs: red, green, blue, 0..1; and the size that boxes are to be in. Outputs: the classes'
 * numbers {@code [1, queries]} as 64-bit integers; left, top, right, bottom {@code [1, queries, 4]}
 * in pixels of that size; scores {@code [1, queries]}.
 */
final class DetrEndToEndHead implements DetectorHead {
  private final List<String> labels;
  private final int queries;

  /**
   * @param queries how many objects the network can say
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
  public void score(List<FloatBuffer> outputs, InputSize input, Candidates candidates) {
    for (int query = 0; query < queries; query++) {
      candidates.offerNamed(
          outputs.get(2).get(query), query, outputs.get(0).get(query), labels.size());
    }
  }

  @Override
  public void box(List<FloatBuffer> outputs, InputSize input, int anchor, float[] box) {
    outputs.get(1).get(anchor * 4, box, 0, 4);
  }
}
