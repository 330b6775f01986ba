package io.kydai.models.plates;

import static java.util.Objects.requireNonNull;

import io.kydai.models.detection.Box;
import java.util.List;

/**
 * A text that may be a plate, as it was read on one picture.
 *
 * @param text capital letters A–Z and digits, of two lines the upper one first, without marks
 *     between
 * @param probabilities of each character of the text, 0..1, as the network gives them
 * @param lines one or two
 * @param box where it is, in normalised coordinates of the picture
 */
public record PlateReading(String text, List<Float> probabilities, int lines, Box box) {
  public PlateReading {
    requireNonNull(box);
    probabilities = List.copyOf(probabilities);
    if (probabilities.size() != text.length()) {
      throw new IllegalArgumentException("a probability for each character is needed");
    }
  }

  /** The probability that every character is right, were they independent: their product. */
  public double probability() {
    return probabilities.stream().mapToDouble(Float::doubleValue).reduce(1, (a, b) -> a * b);
  }
}
