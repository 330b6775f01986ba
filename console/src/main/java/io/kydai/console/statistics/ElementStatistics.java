package io.kydai.console.statistics;

import io.kydai.analytics.rules.counting.Sample;
import io.kydai.ingest.source.CameraId;
import java.util.List;

/**
 * The statistics of one line or zone by one rule. Two rules that count at one line are two.
 *
 * @param element the id of the line or zone; of movements, of the zone from which they came
 * @param pieces in the order of time; those in which nothing was watched are absent
 */
public record ElementStatistics(
    CameraId camera,
    Sample.Place place,
    String element,
    String rule,
    List<PieceStatistics> pieces) {
  public ElementStatistics {
    pieces = List.copyOf(pieces);
  }
}
