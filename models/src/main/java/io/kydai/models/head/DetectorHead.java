package io.kydai.models.head;

import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * What the numbers of one kind of network mean: how pixels become its input, and how its outputs
 * become boxes. It has no state; the same one serves all sizes and threads.
 *
 * <p>Decoding has two steps, so that boxes are worked out only for the few that matter: {@link
 * #score} goes through all outputs and offers what is above the threshold, {@link #box} is asked
 * for the best of them. A place where the network may see an object is an <em>anchor</em>, numbered
 * from 0 as the head likes.
 */
public interface DetectorHead {
  /** The classes, in the network's order. */
  List<String> labels();

  /** How a pixel's channels become numbers, unless the network's description says otherwise. */
  Normalisation normalisation();

  /**
   * Whether overlapping boxes of a class may be of one object, so that all but the best are
   * dropped. Networks that were trained to say each object once say no.
   */
  default boolean suppresses() {
    return true;
  }

  /**
   * Whether the graph has a second input, {@code [1, 2]} of 64-bit integers: the width and height
   * in pixels that its boxes are to be in. It is given the input's own.
   */
  default boolean takesSize() {
    return false;
  }

  /**
   * The outputs at that input size, in the network's order.
   *
   * @throws ModelException when the network cannot run at that size
   */
  List<OutputShape> outputs(InputSize input);

  /** Offers each class of each anchor whose score is at least {@link Candidates#minScore()}. */
  void score(List<FloatBuffer> outputs, InputSize input, Candidates candidates);

  /** Writes an anchor's left, top, right and bottom, in pixels of the input, into {@code box}. */
  void box(List<FloatBuffer> outputs, InputSize input, int anchor, float[] box);

  /**
   * An output's shape, and what is in it, for messages. Its numbers are 32-bit floats or 64-bit
   * integers; these are read as floats.
   */
  record OutputShape(String meaning, long... dimensions) {}
}
