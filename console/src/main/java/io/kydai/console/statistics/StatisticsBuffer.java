package io.kydai.console.statistics;

import io.kydai.analytics.rules.counting.Sample;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums of samples by series and minute that are not written yet. At most {@value #MAX_CELLS} sums:
 * when there are as many, which takes minutes of a database that does not write, a sample that
 * needs another one is dropped and counted; those that belong to a present sum are still added.
 *
 * <p>Called by any thread.
 */
final class StatisticsBuffer {
  static final int MAX_CELLS = 200_000;

  private static final long SECONDS = 60;

  private final int most;
  private final Map<Place, Sum> sums = new LinkedHashMap<>();
  private long dropped;

  private record Place(SeriesKey key, int minute) {}

  private static final class Sum {
    private long amount;
    private long total;
    private long most;

    private void add(Sample sample) {
      amount += sample.count();
      total += sample.total();
      most = Math.max(most, sample.most());
    }
  }

  StatisticsBuffer() {
    this(MAX_CELLS);
  }

  /**
   * @param most the most sums
   */
  StatisticsBuffer(int most) {
    this.most = most;
  }

  /** Returns the minute in which a time lies, counted from 1970-01-01 UTC. */
  static int minute(Instant at) {
    return Math.toIntExact(Math.floorDiv(at.getEpochSecond(), SECONDS));
  }

  synchronized void add(CameraId camera, List<Sample> samples) {
    for (Sample sample : samples) {
      Place place = new Place(new SeriesKey(camera, sample.series()), minute(sample.at()));
      Sum sum = sums.get(place);
      if (sum == null) {
        if (sums.size() >= most) {
          dropped++;
          continue;
        }
        sum = new Sum();
        sums.put(place, sum);
      }
      sum.add(sample);
    }
  }

  /** Removes the sums that were begun first, and returns them. */
  synchronized List<Cell> take(int atMost) {
    List<Cell> taken = new ArrayList<>(Math.min(atMost, sums.size()));
    for (Iterator<Map.Entry<Place, Sum>> all = sums.entrySet().iterator();
        all.hasNext() && taken.size() < atMost; ) {
      Map.Entry<Place, Sum> next = all.next();
      Sum sum = next.getValue();
      taken.add(
          new Cell(next.getKey().key(), next.getKey().minute(), sum.amount, sum.total, sum.most));
      all.remove();
    }
    return taken;
  }

  synchronized int size() {
    return sums.size();
  }

  /** Returns the number of samples that were dropped. */
  synchronized long dropped() {
    return dropped;
  }
}
