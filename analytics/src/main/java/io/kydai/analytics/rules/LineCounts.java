package io.kydai.analytics.rules;

import java.util.SortedMap;

/**
 * How many objects crossed a line.
 *
 * @param line the line's id
 * @param byClass both directions for each class that crossed at least once
 */
public record LineCounts(String line, SortedMap<String, Directions> byClass) {
  /** Crossings from the line's left-hand side to its right-hand side, and the other way. */
  public record Directions(long forward, long backward) {}

  public long forward() {
    return byClass.values().stream().mapToLong(Directions::forward).sum();
  }

  public long backward() {
    return byClass.values().stream().mapToLong(Directions::backward).sum();
  }
}
