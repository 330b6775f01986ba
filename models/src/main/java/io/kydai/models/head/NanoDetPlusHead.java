package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The head of NanoDet-Plus (github.com/RangiLyu/nanodet, Apache-2.0).
 *
 * <p>The anchors are the top left corners of the cells of strides 8, 16, 32 and 64. One output
 * {@code [1, anchors, classes + 4 × 8]}: class scores, values 0..1, then the distances of the four
 * sides (left, top, right, bottom) with eight bins each, decoded as those of {@link NanoDetHead}.
 */
final class NanoDetPlusHead implements DetectorHead {
  private static final int[] STRIDES = {8, 16, 32, 64};
  private static final int BINS = 8;

  private final List<String> labels;
  private final int values;

  NanoDetPlusHead(List<String> labels) {
    this.labels = labels;
    values = labels.size() + 4 * BINS;
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
  public List<OutputShape> outputs(InputSize input) {
    return List.of(
        new OutputShape("class scores and sides", 1, new Grid(input, STRIDES).size(), values));
  }

  @Override
  public void score(Outputs outputs, InputSize input, Candidates candidates) {
    FloatBuffer all = outputs.floats(0);
    int anchors = new Grid(input, STRIDES).size();
    for (int anchor = 0; anchor < anchors; anchor++) {
      for (int label = 0; label < labels.size(); label++) {
        float score = all.get(anchor * values + label);
        if (score >= candidates.minScore()) {
          candidates.offer(score, anchor, label);
        }
      }
    }
  }

  @Override
  public void box(Outputs outputs, InputSize input, int anchor, float[] box) {
    Grid grid = new Grid(input, STRIDES);
    int level = grid.level(anchor);
    int stride = grid.stride(level);
    float x = grid.column(anchor, level) * stride;
    float y = grid.row(anchor, level) * stride;
    FloatBuffer all = outputs.floats(0);
    int at = anchor * values + labels.size();
    box[0] = x - stride * IntegralBins.expectation(all, at, BINS);
    box[1] = y - stride * IntegralBins.expectation(all, at + BINS, BINS);
    box[2] = x + stride * IntegralBins.expectation(all, at + 2 * BINS, BINS);
    box[3] = y + stride * IntegralBins.expectation(all, at + 3 * BINS, BINS);
  }
}
