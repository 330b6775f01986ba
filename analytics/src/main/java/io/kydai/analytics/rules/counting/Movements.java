package io.kydai.analytics.rules.counting;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The turning movements that one rule counted, from zone to zone, in buckets of five minutes of the
 * wall clock.
 *
 * @param rule the rule that counted
 * @param counts in the order of time; the newest day at most
 */
public record Movements(RuleId rule, List<Count> counts) {
  /** The shortest time over which is counted. */
  public static final Duration PIECE = TimeBuckets.SHORTEST;

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

  /** From where to where, and what. */
  public record Turn(String origin, String destination, String label) implements Comparable<Turn> {
    private static final Comparator<Turn> ORDER =
        Comparator.comparing(Turn::origin)
            .thenComparing(Turn::destination)
            .thenComparing(Turn::label);

    @Override
    public int compareTo(Turn other) {
      return ORDER.compare(this, other);
    }
  }

  public Movements {
    requireNonNull(rule);
    counts = List.copyOf(counts);
  }

  public static Movements of(RuleId rule, TimeBuckets<Turn, Long> pieces) {
    return new Movements(
        rule,
        pieces.list(
            (from, turn, count) ->
                new Count(from, turn.origin(), turn.destination(), turn.label(), count)));
  }

  /**
   * The same over longer pieces, such as 15 or 60 minutes; they begin at their multiples since the
   * epoch.
   *
   * @throws IllegalArgumentException when it is not a multiple of five minutes
   */
  public Movements per(Duration piece) {
    TimeBuckets<Turn, Long> longer = new TimeBuckets<>(piece, Long::sum);
    for (Count count : counts) {
      Turn turn = new Turn(count.origin(), count.destination(), count.label());
      longer.add(count.from(), turn, count.count());
    }
    return of(rule, longer);
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
