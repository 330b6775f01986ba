package io.kydai.models.plates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Combines the readings of one plate by a weighted vote: first on the number of characters, then,
 * among the readings of that length, on the character at each position. The weight of a reading is
 * its probability. An instance is used by one thread.
 *
 * <p>At most {@value #MAX_READINGS} readings are kept; when there are more, the least probable one
 * is dropped.
 */
public final class PlateVote {
  static final int MAX_READINGS = 64;

  private final @Nullable PlateFormat format;
  private final List<PlateReading> readings = new ArrayList<>();

  /**
   * Creates a vote without readings.
   *
   * @param format the format of the country's plates, or null; a reading that fits it counts as the
   *     fitted text and with twice the weight
   */
  public PlateVote(@Nullable PlateFormat format) {
    this.format = format;
  }

  /**
   * The result of the vote.
   *
   * @param text the plate's text
   * @param confidence the smallest share of the total weight that a character of the text has,
   *     times the mean probability of the readings of its length, 0..1
   * @param readings the number of readings
   * @param votes the number of readings whose text, after fitting to the format, is this text
   * @param fits whether the text has the format; true when there is no format
   */
  public record Result(String text, double confidence, int readings, int votes, boolean fits) {}

  /** Adds a reading; when there are more than {@value #MAX_READINGS}, drops the least probable. */
  public void add(PlateReading reading) {
    if (readings.size() == MAX_READINGS) {
      readings.remove(
          readings.stream()
              .min(Comparator.comparingDouble(PlateReading::probability))
              .orElseThrow());
    }
    readings.add(reading);
  }

  /** Returns the result; empty before the first reading. */
  public Optional<Result> result() {
    Map<Integer, Double> lengths = new HashMap<>();
    for (PlateReading reading : readings) {
      lengths.merge(text(reading).length(), weight(reading), Double::sum);
    }
    return lengths.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> vote(most.getKey(), lengths.values().stream().mapToDouble(d -> d).sum()));
  }

  private Result vote(int length, double total) {
    StringBuilder text = new StringBuilder();
    double least = 1;
    for (int place = 0; place < length; place++) {
      Map<Character, Double> shares = new HashMap<>();
      for (PlateReading reading : readings) {
        if (text(reading).length() == length) {
          shares.merge(text(reading).charAt(place), weight(reading), Double::sum);
        }
      }
      Map.Entry<Character, Double> best =
          shares.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
      text.append(best.getKey());
      least = Math.min(least, best.getValue() / total);
    }
    double mean =
        readings.stream()
            .filter(reading -> text(reading).length() == length)
            .mapToDouble(PlateReading::probability)
            .average()
            .orElse(0);
    String winner = text.toString();
    boolean fits =
        format == null || format.fit(winner).filter(fit -> fit.replaced() == 0).isPresent();
    long votes = readings.stream().filter(reading -> text(reading).equals(winner)).count();
    return new Result(winner, least * mean, readings.size(), (int) votes, fits);
  }

  private String text(PlateReading reading) {
    return fit(reading).map(PlateFormat.Fit::text).orElse(reading.text());
  }

  private double weight(PlateReading reading) {
    return reading.probability() * (fit(reading).isPresent() ? 2 : 1);
  }

  private Optional<PlateFormat.Fit> fit(PlateReading reading) {
    return format == null ? Optional.empty() : format.fit(reading.text());
  }
}
