package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The head of NanoDet in int8, as {@code scripts/make/quantize.js} writes it: bytes in, bytes out.
 *
 * <p>The input is normalised values as bytes, which is what the network's first step would make of
 * floats. The outputs are those of {@link NanoDetHead}, but as unsigned bytes, and the class scores
 * before the logistic function. One more output {@code [6, 2]} holds the scale and the zero point
 * of each: a real value is {@code scale × (byte − zero)}. So a threshold is compared with bytes,
 * eight at once, and only what exceeds it is computed with.
 */
public final class QuantisedNanoDetHead implements DetectorHead {
  private static final int[] STRIDES = {8, 16, 32};
  private static final int BINS = 11;
  private static final int SCALES = 2 * STRIDES.length;

  /** The line of the input in {@code scripts/make/nanodet-g-int8.scales.txt}. */
  private static final Quantisation INPUT = new Quantisation(0.018658447265625f, 114);

  private final List<String> labels;

  /** Creates the head of a network with the given classes. */
  public QuantisedNanoDetHead(List<String> labels) {
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
  public Optional<Quantisation> inputBytes() {
    return Optional.of(INPUT);
  }

  @Override
  public List<OutputShape> outputs(InputSize input) {
    if (input.width() % 32 != 0 || input.height() % 32 != 0) {
      throw new ModelException(
          "NanoDet's input width and height must be multiples of 32, not " + input);
    }
    List<OutputShape> outputs = new ArrayList<>();
    for (int stride : STRIDES) {
      outputs.add(
          OutputShape.ofBytes(
              "class scores of stride " + stride, 1, cells(input, stride), labels.size()));
    }
    for (int stride : STRIDES) {
      outputs.add(
          OutputShape.ofBytes("sides of stride " + stride, 1, cells(input, stride), 4 * BINS));
    }
    outputs.add(new OutputShape("scales and zero points", SCALES, 2));
    return outputs;
  }

  @Override
  public void score(Outputs outputs, InputSize input, Candidates candidates) {
    int classes = labels.size();
    float[] probabilities = new float[256];
    int first = 0;
    for (int level = 0; level < STRIDES.length; level++) {
      Quantisation logits = quantisation(outputs, level);
      int least = probabilities.length;
      for (int value = 255; value >= 0; value--) {
        probabilities[value] = Logistic.probability(logits.value(value));
        if (probabilities[value] >= candidates.minScore()) {
          least = value;
        }
      }
      ByteBuffer scores = outputs.bytes(level);
      int cells = cells(input, STRIDES[level]);
      int end = cells * classes;
      int at = ByteSearch.next(scores, 0, end, least);
      while (at < end) {
        int value = scores.get(at) & 0xff;
        candidates.offer(probabilities[value], first + at / classes, at % classes);
        at = ByteSearch.next(scores, at + 1, end, least);
      }
      first += cells;
    }
  }

  @Override
  public void box(Outputs outputs, InputSize input, int anchor, float[] box) {
    Grid grid = new Grid(input, STRIDES);
    int level = grid.level(anchor);
    int stride = grid.stride(level);
    int columns = input.width() / stride;
    int row = grid.row(anchor, level);
    int column = grid.column(anchor, level);
    float x = (column + 0.5f) * stride;
    float y = (row + 0.5f) * stride;
    ByteBuffer sides = outputs.bytes(STRIDES.length + level);
    Quantisation logits = quantisation(outputs, STRIDES.length + level);
    int at = (row * columns + column) * 4 * BINS;
    box[0] = x - stride * IntegralBins.expectation(sides, at, BINS, logits);
    box[1] = y - stride * IntegralBins.expectation(sides, at + BINS, BINS, logits);
    box[2] = x + stride * IntegralBins.expectation(sides, at + 2 * BINS, BINS, logits);
    box[3] = y + stride * IntegralBins.expectation(sides, at + 3 * BINS, BINS, logits);
  }

  private static Quantisation quantisation(Outputs outputs, int output) {
    FloatBuffer scales = outputs.floats(SCALES);
    return new Quantisation(scales.get(2 * output), (int) scales.get(2 * output + 1));
  }

  private static int cells(InputSize input, int stride) {
    return (input.width() / stride) * (input.height() / stride);
  }
}
