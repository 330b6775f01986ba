package io.kydai.analytics.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many objects crossed a line.
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
    Directions plus(Directions other) {
      return new Directions(forward + other.forward, backward + other.backward);
    }

    boolean isNone() {
      return forward == 0 && backward == 0;
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
    return new LineCounts(line, byClass, sum(pieces, length));
  }

  /** Adds up what lies in one longer piece, by class. */
  static List<Piece> sum(List<Piece> pieces, Duration length) {
    SortedMap<String, Piece> sums = new TreeMap<>();
    for (Piece piece : pieces) {
      long from = Pieces.begin(piece.from(), length);
      sums.merge(
          String.format("%020d %s", from, piece.label()),
          new Piece(Instant.ofEpochSecond(from), piece.label(), piece.directions()),
          (a, b) -> new Piece(a.from(), a.label(), a.directions().plus(b.directions())));
    }
    return List.copyOf(sums.values());
  }

  public long forward() {
    return byClass.values().stream().mapToLong(Directions::forward).sum();
  }

  public long backward() {
    return byClass.values().stream().mapToLong(Directions::backward).sum();
  }
}
