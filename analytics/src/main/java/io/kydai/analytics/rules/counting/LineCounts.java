package io.kydai.analytics.rules.counting;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The number of objects that crossed one line, by class and direction.
 *
 * @param line the line's id
 * @param byClass both directions for each class that crossed at least once, since the analysis
 *     began
 * @param pieces the same in pieces of five minutes of the wall clock, in the order of time and then
 *     of classes; the newest day at most
 */
public record LineCounts(String line, SortedMap<String, Directions> byClass, List<Piece> pieces) {
  /** Crossings from the line's left-hand side to its right-hand side, and the other way. */
  public record Directions(long forward, long backward) {
    /** Returns both together; null where nothing is left, as {@link Map#merge} expects it. */
    public @Nullable Directions plus(Directions other) {
      long forwards = forward + other.forward;
      long backwards = backward + other.backward;
      return forwards == 0 && backwards == 0 ? null : new Directions(forwards, backwards);
    }
  }

  /**
   * One class's crossings in one piece of time.
   *
   * @param from when the piece begins
   */
  public record Piece(Instant from, String label, Directions directions) {}

  public LineCounts {
    byClass = Collections.unmodifiableSortedMap(new TreeMap<>(byClass));
    pieces = List.copyOf(pieces);
  }

  /**
   * The same with longer pieces, such as of 15 or 60 minutes.
   *
   * @throws IllegalArgumentException when it is not a multiple of five minutes
   */
  public LineCounts per(Duration length) {
    TimeBuckets<String, Directions> longer = new TimeBuckets<>(length, Directions::plus);
    pieces.forEach(piece -> longer.add(piece.from(), piece.label(), piece.directions()));
    return new LineCounts(line, byClass, longer.list(Piece::new));
  }

  /** With another rule's on the same line, which counts the same crossings: a class only once. */
  public LineCounts and(LineCounts other) {
    SortedMap<String, Directions> classes = new TreeMap<>(byClass);
    classes.putAll(other.byClass);
    TimeBuckets<String, Directions> both =
        new TimeBuckets<>(TimeBuckets.SHORTEST, Directions::plus);
    other.pieces.forEach(piece -> both.add(piece.from(), piece.label(), piece.directions()));
    pieces.stream()
        .filter(piece -> !other.byClass.containsKey(piece.label()))
        .forEach(piece -> both.add(piece.from(), piece.label(), piece.directions()));
    return new LineCounts(line, classes, both.list(Piece::new));
  }

  public long forward() {
    return byClass.values().stream().mapToLong(Directions::forward).sum();
  }

  public long backward() {
    return byClass.values().stream().mapToLong(Directions::backward).sum();
  }
}
