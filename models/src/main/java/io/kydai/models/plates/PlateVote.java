package io.kydai.models.plates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Many readings of one plate become one: of each place the character with the most probability
 * behind it, among the readings of the length that has the most. One thread's.
 *
 * <p>At most {@value #MAX_READINGS} readings count; after that the least probable makes room.
 */
public final class PlateVote {
  static final int MAX_READINGS = 64;

  private final @Nullable PlateFormat format;
  private final List<PlateReading> readings = new ArrayList<>();

  /**
   * @param format readings that fit it count twice as much, as the format has them; null for none
   */
  public PlateVote(@Nullable PlateFormat format) {
    this.format = format;
  }

  /**
   * What the readings come to.
   *
   * @param text the plate
   * @param confidence the least share that a character of it has among the readings, 0..1, times
   *     the mean probability of those readings: what one would lose by trusting it
   * @param readings how many there were
   * @param votes how many of them say this very text, after the format
   * @param fits whether the text is as the format has it; true where there is no format
   */
  public record Result(String text, double confidence, int readings, int votes, boolean fits) {}

  public void add(PlateReading reading) {
    if (readings.size() == MAX_READINGS) {
      readings.remove(
          readings.stream()
              .min(Comparator.comparingDouble(PlateReading::probability))
              .orElseThrow());
    }
    readings.add(reading);
  }

  /** Empty before the first reading. */
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
