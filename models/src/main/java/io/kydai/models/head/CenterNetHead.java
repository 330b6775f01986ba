package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The head of CenterNet (Zhou et al., "Objects as Points", 2019).
 *
 * <p>Input: blue, green, red, normalised by ImageNet's mean and standard deviation. Outputs at
 * stride 4: a heat map per class {@code [1, classes, rows, columns]}, values 0..1; sizes {@code [1,
 * 2, rows, columns]}, width then height, in cells; the centre's offset within its cell {@code [1,
 * 2, rows, columns]}, x then y. An object is a cell whose heat is the maximum of its 3×3
 * neighbourhood, which replaces non-maximum suppression.
 */
final class CenterNetHead implements DetectorHead {
  private static final int STRIDE = 4;

  private final List<String> labels;

  CenterNetHead(List<String> labels) {
    this.labels = labels;
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public Normalisation normalisation() {
    return Normalisation.imageNetBgr();
  }

  @Override
  public boolean suppresses() {
    return false;
  }

  @Override
  public List<OutputShape> outputs(InputSize input) {
    if (input.width() % 32 != 0 || input.height() % 32 != 0) {
      throw new ModelException(
          "CenterNet's input width and height must be multiples of 32, not " + input);
    }
    int rows = input.height() / STRIDE;
    int columns = input.width() / STRIDE;
    return List.of(
        new OutputShape("heat maps", 1, labels.size(), rows, columns),
        new OutputShape("sizes", 1, 2, rows, columns),
        new OutputShape("offsets", 1, 2, rows, columns));
  }

  @Override
  public void score(Outputs outputs, InputSize input, Candidates candidates) {
    FloatBuffer heat = outputs.floats(0);
    int rows = input.height() / STRIDE;
    int columns = input.width() / STRIDE;
    for (int label = 0; label < labels.size(); label++) {
      int map = label * rows * columns;
      for (int cell = 0; cell < rows * columns; cell++) {
        float score = heat.get(map + cell);
        if (score >= candidates.minScore() && isPeak(heat, map, cell, rows, columns)) {
          candidates.offer(score, cell, label);
        }
      }
    }
  }

  /** Returns whether a cell is a local maximum; of equal neighbours the first one is the peak. */
  private static boolean isPeak(FloatBuffer heat, int map, int cell, int rows, int columns) {
    float score = heat.get(map + cell);
    int row = cell / columns;
    int column = cell % columns;
    for (int y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
        int other = y * columns + x;
        float around = heat.get(map + other);
        if (around > score || around == score && other < cell) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void box(Outputs outputs, InputSize input, int anchor, float[] box) {
    int columns = input.width() / STRIDE;
    int cells = columns * (input.height() / STRIDE);
    FloatBuffer sizes = outputs.floats(1);
    FloatBuffer offsets = outputs.floats(2);
    float x = (anchor % columns + offsets.get(anchor)) * STRIDE;
    float y = (anchor / columns + offsets.get(cells + anchor)) * STRIDE;
    float halfWidth = sizes.get(anchor) * STRIDE / 2;
    float halfHeight = sizes.get(cells + anchor) * STRIDE / 2;
    box[0] = x - halfWidth;
    box[1] = y - halfHeight;
    box[2] = x + halfWidth;
    box[3] = y + halfHeight;
  }
}
