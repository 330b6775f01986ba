package io.kydai.console.statistics;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of one line, zone or movement in one piece of time. There is none of a piece in
 * which nothing was watched.
 *
 * @param watched the part of the piece in which it was watched, more than 0 to 1
 * @param counts in the order of classes and directions; a class that was never counted is absent
 * @param occupancy null where the rule does not count what is present
 * @param speed null where no speed is known
 * @param level null where it is not known
 */
public record PieceStatistics(
    Instant from,
    double watched,
    List<Count> counts,
    @Nullable Occupancy occupancy,
    @Nullable Speed speed,
    @Nullable LevelOfService level) {
  public PieceStatistics {
    counts = List.copyOf(counts);
  }

  /**
   * Objects that crossed, or went on to a zone.
   *
   * @param label their class
   * @param direction {@code forward}, {@code backward}, or the zone to which they went
   */
  public record Count(String label, String direction, long count) {}

  /**
   * Objects in a zone.
   *
   * @param mean over the time that was watched
   * @param most at once
   * @param byClass the mean of each class
   */
  public record Occupancy(double mean, long most, SortedMap<String, Double> byClass) {}

  /**
   * Speeds in metres per second.
   *
   * @param mean of the objects that went through, or, where they are not known one by one, of those
   *     in the zone over the time in which there were any
   * @param objects the number of those that went through; null where they are not known one by one
   * @param percentile85 the speed that 85 % of them do not exceed; null as well
   */
  public record Speed(double mean, @Nullable Long objects, @Nullable Double percentile85) {}
}
