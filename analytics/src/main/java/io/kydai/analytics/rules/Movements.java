package io.kydai.analytics.rules;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * How many went from where to where, in pieces of five minutes of the wall clock.
 *
 * @param rule the rule that counted
 * @param counts in the order of time; the newest day at most
 */
public record Movements(String rule, List<Count> counts) {
  /** The shortest time over which is counted. */
  public static final Duration PIECE = Pieces.SHORTEST;

  /**
   * One kind of movement in one piece of time.
   *
   * @param from when the piece begins
   * @param origin the zone in which they were before
   * @param destination the zone in which they arrived
   * @param label their class when they arrived
   * @param count more than 0
   */
  public record Count(Instant from, String origin, String destination, String label, long count) {}

  public Movements {
    requireNonNull(rule);
    counts = List.copyOf(counts);
  }

  /**
   * The same over longer pieces, such as 15 or 60 minutes; they begin at their multiples since the
   * epoch.
   *
   * @throws IllegalArgumentException when it is not a multiple of five minutes
   */
  public Movements per(Duration piece) {
    TreeMap<String, Count> sums = new TreeMap<>();
    for (Count count : counts) {
      long from = Pieces.begin(count.from(), piece);
      String key =
          String.format("%020d", from)
              + " "
              + count.origin()
              + " "
              + count.destination()
              + " "
              + count.label();
      sums.merge(
          key,
          new Count(
              Instant.ofEpochSecond(from),
              count.origin(),
              count.destination(),
              count.label(),
              count.count()),
          (a, b) ->
              new Count(a.from(), a.origin(), a.destination(), a.label(), a.count() + b.count()));
    }
    return new Movements(rule, List.copyOf(sums.values()));
  }

  /** All movements from one zone to another. */
  public long total(String origin, String destination) {
    return counts.stream()
        .filter(count -> count.origin().equals(origin))
        .filter(count -> count.destination().equals(destination))
        .mapToLong(Count::count)
        .sum();
  }
}
