package io.kydai.console.statistics;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Statistics of a span of time.
 *
 * @param from the beginning of the first piece
 * @param to the end of the last piece
 * @param elements in the order of cameras, places, elements and rules
 */
public record StatisticsAnswer(
    Instant from, Instant to, Step step, ZoneId zone, List<ElementStatistics> elements) {
  public StatisticsAnswer {
    elements = List.copyOf(elements);
  }
}
