package io.kydai.analytics.rules.counting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Sums in pieces of the wall clock's time, which begin at multiples of their length since the
 * epoch. At most {@value #MOST} pieces; beyond that the one that was begun first is dropped. That
 * is not always the earliest: what was counted by a clock that ran ahead has to go too, once the
 * clock is right.
 *
 * @param <K> what is counted apart
 * @param <V> a sum
 */
public final class TimeBuckets<K extends Comparable<K>, V> {
  public static final Duration SHORTEST = Duration.ofMinutes(5);

  /** A day of the shortest. */
  public static final int MOST = 288;

  private final long seconds;
  private final BinaryOperator<V> plus;
  // In the order in which they were begun.
  private final Map<Long, SortedMap<K, V>> pieces = new LinkedHashMap<>();

  /** One sum of one piece, as others have it. */
  public interface Shape<K, V, P> {
    P of(Instant from, K key, V sum);
  }

  /**
   * @param plus adds two sums; null where nothing is left, as {@link Map#merge} has it
   * @throws IllegalArgumentException when the length is not a multiple of five minutes
   */
  public TimeBuckets(Duration length, BinaryOperator<V> plus) {
    this.seconds = length.toSeconds();
    this.plus = plus;
    if (seconds <= 0 || seconds % SHORTEST.toSeconds() != 0) {
      throw new IllegalArgumentException("a multiple of five minutes, not " + length);
    }
  }

  public void add(Instant when, K key, V more) {
    long from = Math.floorDiv(when.getEpochSecond(), seconds) * seconds;
    pieces.computeIfAbsent(from, begin -> new TreeMap<>()).merge(key, more, plus);
    if (pieces.size() > MOST) {
      Iterator<Long> first = pieces.keySet().iterator();
      first.next();
      first.remove();
    }
  }

  /** Adds all sums of other pieces, which have the same length. */
  public void addAll(TimeBuckets<K, V> others) {
    others.pieces.forEach(
        (from, sums) -> sums.forEach((key, sum) -> add(Instant.ofEpochSecond(from), key, sum)));
  }

  /** All sums in the order of time, and then of what is counted. */
  public <P> List<P> list(Shape<K, V, P> shape) {
    List<P> all = new ArrayList<>();
    new TreeMap<>(pieces)
        .forEach(
            (from, sums) ->
                sums.forEach(
                    (key, sum) -> all.add(shape.of(Instant.ofEpochSecond(from), key, sum))));
    return all;
  }
}
