package io.kydai.models.faces;

import io.kydai.models.detection.Box;
import io.kydai.models.detection.ModelException;
import io.kydai.models.onnx.TensorNetwork.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The decoding of BlazeFace's outputs for front cameras: 896 anchors, two at each cell of a grid of
 * 16×16, then six at each cell of one of 8×8.
 *
 * <p>The outputs are, for the first and the second grid, score logits {@code [1, anchors, 1]}, and
 * then, for the same, values {@code [1, anchors, 16]}: the box's centre x and y as seen from the
 * centre of the anchor's cell, its width and its height, in pixels of the input; and six points of
 * the face, which are not used here.
 */
final class BlazeFaceAnchors {
  /** The input's width and height in pixels. */
  static final int SIDE = 128;

  private static final int VALUES = 16;
  private static final int[] CELLS = {16, 8};
  private static final int[] ANCHORS_PER_CELL = {2, 6};

  private BlazeFaceAnchors() {}

  /**
   * Returns the boxes whose probability is at least {@code minScore}, the most probable first, as
   * fractions of the input; several may be of one face.
   *
   * @param outputs the four outputs in the network's order
   * @throws ModelException when they have other sizes
   */
  static List<Face> decode(List<Tensor> outputs, float minScore) {
    List<Face> faces = new ArrayList<>();
    for (int grid = 0; grid < CELLS.length; grid++) {
      int anchors = CELLS[grid] * CELLS[grid] * ANCHORS_PER_CELL[grid];
      float[] logits = numbers(outputs, grid, anchors);
      float[] values = numbers(outputs, CELLS.length + grid, VALUES * anchors);
      for (int anchor = 0; anchor < anchors; anchor++) {
        float score = (float) (1 / (1 + Math.exp(-logits[anchor])));
        if (score >= minScore) {
          faces.add(new Face(box(values, anchor, grid), score));
        }
      }
    }
    faces.sort(Comparator.comparing(Face::score).reversed());
    return faces;
  }

  private static Box box(float[] values, int anchor, int grid) {
    int cell = anchor / ANCHORS_PER_CELL[grid];
    int at = VALUES * anchor;
    float x = (cell % CELLS[grid] + 0.5f) / CELLS[grid] + values[at] / SIDE;
    float y = (cell / CELLS[grid] + 0.5f) / CELLS[grid] + values[at + 1] / SIDE;
    float halfWidth = values[at + 2] / SIDE / 2;
    float halfHeight = values[at + 3] / SIDE / 2;
    return new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
  }

  private static float[] numbers(List<Tensor> outputs, int output, int expected) {
    if (outputs.size() <= output || outputs.get(output).numbers().length != expected) {
      throw new ModelException(
          "output " + output + " of the face network should have " + expected + " elements");
    }
    return outputs.get(output).numbers();
  }
}
