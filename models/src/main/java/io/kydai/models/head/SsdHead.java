package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The head of SSD (Liu et al., ECCV 2016) with the anchors of TensorFlow's MobileNet detection
 * models: six feature maps from stride 16 on, scales evenly spaced from 0.2 to 0.95 of the input,
 * aspect ratios 1, 2, 1/2, 3, 1/3 and a second square whose scale is the geometric mean of two
 * scales; the first map has three anchors per cell (a square of scale 0.1, and scale 0.2 with the
 * aspect ratios 2 and 1/2).
 *
 * <p>Input: red, green, blue, −1..1. Outputs: class logits {@code [1, anchors, 1 + classes]}, of
 * which the first is the background; boxes {@code [1, anchors, 4]}: the offset of the centre from
 * the anchor's (y, x) as a fraction of the anchor's size, times 10, and the logarithm of the ratio
 * of the sizes (height, width), times 5.
 */
public final class SsdHead implements DetectorHead {
  private static final int MAPS = 6;
  private static final int FIRST_STRIDE = 16;
  private static final double[] RATIOS = {1, 2, 1.0 / 2, 3, 1.0 / 3};
  private static final float CENTRE_SCALE = 10;
  private static final float SIZE_SCALE = 5;

  private final List<String> labels;

  /** Creates the head of a network with the given classes, without the background. */
  public SsdHead(List<String> labels) {
    this.labels = labels;
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public Normalisation normalisation() {
    return Normalisation.signedRgb();
  }

  @Override
  public List<OutputShape> outputs(InputSize input) {
    int anchors = anchors(input);
    return List.of(
        new OutputShape("class logits, background first", 1, anchors, 1 + labels.size()),
        new OutputShape("boxes relative to their anchors", 1, anchors, 4));
  }

  private static int anchors(InputSize input) {
    int anchors = 0;
    for (int map = 0; map < MAPS; map++) {
      anchors += side(input.width(), map) * side(input.height(), map) * perCell(map);
    }
    return anchors;
  }

  @Override
  public void score(Outputs outputs, InputSize input, Candidates candidates) {
    FloatBuffer logits = outputs.floats(0);
    int width = 1 + labels.size();
    int anchors = anchors(input);
    float least = Logistic.logit(candidates.minScore());
    for (int anchor = 0; anchor < anchors; anchor++) {
      for (int label = 0; label < labels.size(); label++) {
        float logit = logits.get(anchor * width + 1 + label);
        if (logit >= least) {
          candidates.offer(Logistic.probability(logit), anchor, label);
        }
      }
    }
  }

  @Override
  public void box(Outputs outputs, InputSize input, int anchor, float[] box) {
    int map = 0;
    int index = anchor;
    while (index >= side(input.width(), map) * side(input.height(), map) * perCell(map)) {
      index -= side(input.width(), map) * side(input.height(), map) * perCell(map);
      map++;
    }
    int columns = side(input.width(), map);
    int rows = side(input.height(), map);
    int cell = index / perCell(map);
    int kind = index % perCell(map);
    double root = Math.sqrt(kind == RATIOS.length ? 1 : RATIOS[kind]);
    double width = scale(map, kind) * root;
    double height = scale(map, kind) / root;
    outputs.floats(1).get(anchor * 4, box, 0, 4);
    double y = (cell / columns + 0.5) / rows + box[0] / CENTRE_SCALE * height;
    double x = (cell % columns + 0.5) / columns + box[1] / CENTRE_SCALE * width;
    double halfHeight = Math.exp(box[2] / SIZE_SCALE) * height / 2;
    double halfWidth = Math.exp(box[3] / SIZE_SCALE) * width / 2;
    box[0] = (float) ((x - halfWidth) * input.width());
    box[1] = (float) ((y - halfHeight) * input.height());
    box[2] = (float) ((x + halfWidth) * input.width());
    box[3] = (float) ((y + halfHeight) * input.height());
  }

  private static int perCell(int map) {
    return map == 0 ? 3 : RATIOS.length + 1;
  }

  private static double scale(int map, int kind) {
    if (map == 0) {
      return kind == 0 ? 0.1 : scale(0);
    }
    if (kind < RATIOS.length) {
      return scale(map);
    }
    return Math.sqrt(scale(map) * (map == MAPS - 1 ? 1 : scale(map + 1)));
  }

  private static double scale(int map) {
    return 0.2 + (0.95 - 0.2) * map / (MAPS - 1);
  }

  /**
   * Returns the number of cells along a side: that of the previous map halved and rounded up, as it
   * is by padded convolutions.
   */
  private static int side(int pixels, int map) {
    int cells = (pixels + FIRST_STRIDE - 1) / FIRST_STRIDE;
    for (int i = 0; i < map; i++) {
      cells = (cells + 1) / 2;
    }
    return cells;
  }
}
