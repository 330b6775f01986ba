package io.kydai.models.plates;

import static java.util.Objects.requireNonNull;

import io.kydai.models.detection.Box;
import java.util.List;

/**
 * A text that may be a number plate, read from one picture.
 *
 * @param text the letters A–Z and digits, of two lines the upper one first, without separators
 * @param probabilities the network's probability of each character of the text, 0..1
 * @param lines the number of lines, 1 or 2
 * @param box the text's bounding box in normalised coordinates of the picture
 */
public record PlateReading(String text, List<Float> probabilities, int lines, Box box) {
  public PlateReading {
    requireNonNull(box);
    probabilities = List.copyOf(probabilities);
    if (probabilities.size() != text.length()) {
      throw new IllegalArgumentException("each character needs a probability");
    }
  }

  /** Returns the probability that all characters are right if they are independent, 0..1. */
  public double probability() {
    return probabilities.stream().mapToDouble(Float::doubleValue).reduce(1, (a, b) -> a * b);
  }
}
