package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The head of NanoDet (github.com/RangiLyu/nanodet, Apache-2.0), which follows "Generalized Focal
 * Loss" (Li et al., NeurIPS 2020).
 *
 * <p>Each of the strides 8, 16 and 32 has one anchor at the centre of each cell. Outputs: class
 * scores {@code [1, cells, classes]}, values 0..1, one tensor for each stride; then distances
 * {@code [1, cells, 44]}, one tensor for each stride, with 11 bins for each of left, top, right and
 * bottom. The distance of a side from the centre is the expected bin number under the softmax of
 * its bins, times the stride.
 */
public final class NanoDetHead implements DetectorHead {
  private static final int[] STRIDES = {8, 16, 32};
  private static final int BINS = 11;
  private static final int CELLS_AT_ONCE = 64;

  private final List<String> labels;

  /** Creates the head of a network with the given classes. */
  public NanoDetHead(List<String> labels) {
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
  public List<OutputShape> outputs(InputSize input) {
    if (input.width() % 32 != 0 || input.height() % 32 != 0) {
      throw new ModelException(
          "NanoDet's input width and height must be multiples of 32, not " + input);
    }
    return List.of(
        new OutputShape("class scores of stride 8", 1, cells(input, 8), labels.size()),
        new OutputShape("class scores of stride 16", 1, cells(input, 16), labels.size()),
        new OutputShape("class scores of stride 32", 1, cells(input, 32), labels.size()),
        new OutputShape("sides of stride 8", 1, cells(input, 8), 4 * BINS),
        new OutputShape("sides of stride 16", 1, cells(input, 16), 4 * BINS),
        new OutputShape("sides of stride 32", 1, cells(input, 32), 4 * BINS));
  }

  @Override
  public void score(Outputs outputs, InputSize input, Candidates candidates) {
    int classes = labels.size();
    float minScore = candidates.minScore();
    // Bulk copies to an array are faster than single reads of a buffer, and these are most of what
    // an inference costs beside the network.
    float[] scores = new float[CELLS_AT_ONCE * classes];
    int first = 0;
    for (int level = 0; level < STRIDES.length; level++) {
      int cells = cells(input, STRIDES[level]);
      for (int from = 0; from < cells; from += CELLS_AT_ONCE) {
        int count = Math.min(CELLS_AT_ONCE, cells - from) * classes;
        outputs.floats(level).get(from * classes, scores, 0, count);
        for (int i = 0; i < count; i++) {
          if (scores[i] >= minScore) {
            candidates.offer(scores[i], first + from + i / classes, i % classes);
          }
        }
      }
      first += cells;
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
    float x = (cell % columns + 0.5f) * stride;
    float y = (cell / columns + 0.5f) * stride;
    FloatBuffer sides = outputs.floats(STRIDES.length + level);
    int at = cell * 4 * BINS;
    box[0] = x - stride * IntegralBins.expectation(sides, at, BINS);
    box[1] = y - stride * IntegralBins.expectation(sides, at + BINS, BINS);
    box[2] = x + stride * IntegralBins.expectation(sides, at + 2 * BINS, BINS);
    box[3] = y + stride * IntegralBins.expectation(sides, at + 3 * BINS, BINS);
  }

  private static int cells(InputSize input, int stride) {
    return (input.width() / stride) * (input.height() / stride);
  }
}
