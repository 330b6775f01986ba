package io.kydai.models.plates;

import java.util.ArrayList;
import java.util.List;

/**
 * Decodes the recogniser's output to a text by best-path decoding of connectionist temporal
 * classification (Graves et al., "Connectionist Temporal Classification", ICML 2006): each step
 * selects the most probable of A–Z, 0–9 and the blank; repetitions without a blank between them are
 * one character. The network's other characters are ignored, because plates do not have them.
 */
final class CtcDecoder {
  private final int[] classes;
  private final char[] characters;
  private final int total;

  /**
   * Creates a decoder.
   *
   * @param alphabet the network's characters in the order of their classes, from class 1 on; class
   *     0 is the blank
   * @throws IllegalArgumentException when a letter or a digit is missing
   */
  CtcDecoder(List<String> alphabet) {
    List<Integer> numbers = new ArrayList<>();
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < alphabet.size(); i++) {
      if (alphabet.get(i).matches("[A-Z0-9]")) {
        numbers.add(i + 1);
        found.append(alphabet.get(i));
      }
    }
    if (found.length() != 36) {
      throw new IllegalArgumentException(
          "the alphabet has " + found.length() + " of the 36 letters and digits");
    }
    classes = numbers.stream().mapToInt(Integer::intValue).toArray();
    characters = found.toString().toCharArray();
    total = alphabet.size() + 1;
  }

  /** A decoded text and the probability of each of its characters, 0..1. */
  record Text(String text, List<Float> probabilities) {}

  /**
   * Returns whether an output has the expected shape: each step has the blank, the alphabet, and
   * optionally a space as the last class.
   */
  boolean fits(long steps, long width) {
    return steps > 0 && (width == total || width == total + 1);
  }

  /**
   * Decodes an output.
   *
   * @param probabilities the class probabilities, {@code steps × width}
   * @param width the number of classes at each step
   */
  Text read(float[] probabilities, int steps, int width) {
    StringBuilder text = new StringBuilder();
    List<Float> confidences = new ArrayList<>();
    int previous = -1;
    for (int step = 0; step < steps; step++) {
      int row = step * width;
      int best = -1;
      float highest = probabilities[row];
      for (int i = 0; i < classes.length; i++) {
        float probability = probabilities[row + classes[i]];
        if (probability > highest) {
          highest = probability;
          best = i;
        }
      }
      if (best >= 0 && best != previous) {
        text.append(characters[best]);
        confidences.add(highest);
      } else if (best >= 0) {
        int last = confidences.size() - 1;
        confidences.set(last, Math.max(highest, confidences.get(last)));
      }
      previous = best;
    }
    return new Text(text.toString(), confidences);
  }
}
