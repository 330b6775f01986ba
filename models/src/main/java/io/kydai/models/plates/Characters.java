package io.kydai.models.plates;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a text off the recogniser's output by connectionist temporal classification (Graves et al.,
 * ICML 2006): at each step the most probable of the letters, the digits and "nothing"; what repeats
 * without "nothing" between is one character. Other characters that the network knows do not count:
 * a plate has none.
 */
final class Characters {
  private final int[] classes;
  private final char[] characters;
  private final int total;

  /**
   * @param alphabet the network's characters in its order, from class 1 on; class 0 is "nothing"
   */
  Characters(List<String> alphabet) {
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
          "the alphabet has " + found.length() + " of 36 characters");
    }
    classes = numbers.stream().mapToInt(Integer::intValue).toArray();
    characters = found.toString().toCharArray();
    total = alphabet.size() + 1;
  }

  /** A text and the probability of each of its characters. */
  record Text(String text, List<Float> probabilities) {}

  /** Classes at each step: the alphabet, "nothing", and a space at the end. */
  boolean fits(long steps, long found) {
    return steps > 0 && (found == total || found == total + 1);
  }

  /**
   * @param probabilities {@code steps × width}
   */
  Text read(float[] probabilities, int steps, int width) {
    StringBuilder text = new StringBuilder();
    List<Float> sure = new ArrayList<>();
    int before = -1;
    for (int step = 0; step < steps; step++) {
      int row = step * width;
      int best = -1;
      float most = probabilities[row];
      for (int i = 0; i < classes.length; i++) {
        float one = probabilities[row + classes[i]];
        if (one > most) {
          most = one;
          best = i;
        }
      }
      if (best >= 0 && best != before) {
        text.append(characters[best]);
        sure.add(most);
      } else if (best >= 0) {
        sure.set(sure.size() - 1, Math.max(most, sure.get(sure.size() - 1)));
      }
      before = best;
    }
    return new Text(text.toString(), sure);
  }
}
