package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import java.util.List;
import java.util.Optional;

/**
 * The interpretation of one network architecture's tensors: how pixels are normalised for its
 * input, and how its outputs are decoded to boxes. A head is stateless, so that one instance serves
 * all input sizes and threads.
 *
 * <p>Decoding has two steps, so that boxes are computed only for the candidates that are kept:
 * {@link #score} reads all scores and offers those above the threshold, {@link #box} decodes the
 * box of one of the best. A position at which the network may report an object is an
 * <em>anchor</em>; each head numbers its anchors from 0 in an order of its own.
 */
public interface DetectorHead {
  /** Returns the names of the classes, in the network's order. */
  List<String> labels();

  /** Returns the normalisation of pixels, unless the network's description specifies another. */
  Normalisation normalisation();

  /**
   * Returns whether non-maximum suppression is needed, because several overlapping boxes of a class
   * may be one object. Networks that were trained to report each object once return false.
   */
  default boolean suppresses() {
    return true;
  }

  /**
   * Returns whether the graph has a second input, {@code [1, 2]} of 64-bit integers: the width and
   * height in pixels of the picture to whose coordinates it scales its boxes. That input is set to
   * the size of the first one.
   */
  default boolean takesSize() {
    return false;
  }

  /**
   * Returns how the graph's input stands for normalised values, where that is {@code [1, height,
   * width, 3]} of unsigned 8-bit integers, blue, green and red, and not planes of 32-bit floats.
   */
  default Optional<Quantisation> inputBytes() {
    return Optional.empty();
  }

  /**
   * Returns the shapes of the outputs at the given input size, in the network's order.
   *
   * @throws ModelException when the network does not support that size
   */
  List<OutputShape> outputs(InputSize input);

  /**
   * Offers each class of each anchor whose score is at least {@link Candidates#minScore()}.
   *
   * @param outputs the network's outputs in the order of {@link #outputs}
   */
  void score(Outputs outputs, InputSize input, Candidates candidates);

  /** Writes an anchor's left, top, right and bottom, in pixels of the input, to {@code box}. */
  void box(Outputs outputs, InputSize input, int anchor, float[] box);

  /**
   * The expected shape of an output.
   *
   * @param meaning the description of the output's contents for messages
   * @param bytes whether the elements are unsigned 8-bit integers; otherwise they are 32-bit
   *     floats, or 64-bit integers that are read as floats
   * @param dimensions the number of elements along each axis
   */
  record OutputShape(String meaning, boolean bytes, long... dimensions) {
    /** Creates the shape of an output of floats. */
    public OutputShape(String meaning, long... dimensions) {
      this(meaning, false, dimensions);
    }

    static OutputShape ofBytes(String meaning, long... dimensions) {
      return new OutputShape(meaning, true, dimensions);
    }
  }
}
