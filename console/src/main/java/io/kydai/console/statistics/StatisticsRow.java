package io.kydai.console.statistics;

import io.kydai.analytics.rules.counting.Sample;
import java.time.Instant;
import java.util.Comparator;

/** What one series adds up to in one piece of time. */
record StatisticsRow(
    ElementKey element,
    Sample.Measure measure,
    String label,
    String direction,
    long reference,
    Instant piece,
    long amount,
    long total,
    long most) {

  /** What the statistics of one line or zone by one rule are kept under. */
  record ElementKey(String camera, Sample.Place place, String element, String rule)
      implements Comparable<ElementKey> {
    private static final Comparator<ElementKey> ORDER =
        Comparator.comparing(ElementKey::camera)
            .thenComparing(ElementKey::place)
            .thenComparing(ElementKey::element)
            .thenComparing(ElementKey::rule);

    @Override
    public int compareTo(ElementKey other) {
      return ORDER.compare(this, other);
    }
  }
}
