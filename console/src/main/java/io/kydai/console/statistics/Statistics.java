package io.kydai.console.statistics;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.rules.counting.Sample;
import io.kydai.console.store.Database;
import io.kydai.console.store.StoreException;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.source.CameraId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the cameras' rules measure to the database, every {@value #SECONDS} s and at the end.
 *
 * <ul>
 *   <li>A process that is killed loses what was measured in the last {@value #SECONDS} s.
 *   <li>Nothing is counted twice: a batch has a number, which is written in its own transaction. A
 *       batch whose commit failed is written again under the same number, and left out where it had
 *       reached the disk.
 *   <li>While the database cannot be written, the sums stay in the {@link StatisticsBuffer}, whose
 *       bound says what happens then.
 * </ul>
 */
public final class Statistics implements AutoCloseable {
  static final int SECONDS = 10;
  static final int BATCH = 5_000;
  private static final int MAX_KNOWN = 100_000;
  private static final Logger LOG = LoggerFactory.getLogger(Statistics.class);

  private final Database database;
  private final Clock clock;
  private final StatisticsRetention retention;
  private final StatisticsBuffer buffer;
  private final String run = UUID.randomUUID().toString();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("statistics"));
  // Of the database's writing thread.
  private final Map<SeriesKey, Integer> known = new HashMap<>();
  private List<Cell> batch = List.of();
  private long number;
  private boolean failing;

  /**
   * Creates the statistics, which write nothing before {@link #start}.
   *
   * @param keep the time for which statistics are kept
   * @param keepMinutes the time for which they are kept by the minute; afterwards by the quarter of
   *     an hour
   */
  public Statistics(
      Database database, Duration keep, Duration keepMinutes, Clock clock, MeterRegistry metrics) {
    this(database, keep, keepMinutes, clock, metrics, new StatisticsBuffer());
  }

  Statistics(
      Database database,
      Duration keep,
      Duration keepMinutes,
      Clock clock,
      MeterRegistry metrics,
      StatisticsBuffer buffer) {
    this.database = requireNonNull(database);
    this.clock = requireNonNull(clock);
    this.buffer = buffer;
    this.retention = new StatisticsRetention(database, keep, keepMinutes);
    FunctionCounter.builder("kydai.console.statistics.dropped", buffer, StatisticsBuffer::dropped)
        .description("Samples of statistics that were dropped because too many sums wait")
        .register(metrics);
    Gauge.builder("kydai.console.statistics.waiting", buffer, StatisticsBuffer::size)
        .description("Sums of statistics that wait to be written")
        .register(metrics);
  }

  /** Starts to write, and to remove what is too old. */
  public void start() {
    timer.scheduleWithFixedDelay(this::tryFlush, SECONDS, SECONDS, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(this::tryAge, 60, 3_600, TimeUnit.SECONDS);
  }

  /** Returns a reader of what is written. */
  public StatisticsReader reader() {
    return new StatisticsReader(database, clock, retention);
  }

  /** Adds what a frame of a camera added; returns at once. */
  public void add(CameraId camera, List<Sample> samples) {
    buffer.add(camera, samples);
  }

  private void tryFlush() {
    try {
      flush();
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.error("statistics cannot be written; {} sums wait", buffer.size(), e);
      }
      failing = true;
    }
  }

  private void tryAge() {
    try {
      long removed = retention.run(clock.instant(), known::clear);
      if (removed > 0) {
        LOG.debug("{} pieces of statistics are merged or removed", removed);
      }
    } catch (RuntimeException e) {
      LOG.error("the oldest statistics cannot be removed", e);
    }
  }

  /**
   * Writes what was added up to now.
   *
   * @throws StoreException when the database fails; it is written by the next call
   */
  synchronized void flush() {
    while (true) {
      if (batch.isEmpty()) {
        batch = buffer.take(BATCH);
        if (batch.isEmpty()) {
          return;
        }
        number++;
      }
      List<Cell> cells = batch;
      long current = number;
      database.inTransaction(
          db -> StatisticTable.add(db, run, current, cells, known), this::learned);
      batch = List.of();
    }
  }

  /** Called on the database's writing thread after a commit. */
  private void learned(Map<SeriesKey, Integer> found) {
    if (known.size() > MAX_KNOWN) {
      known.clear();
    }
    known.putAll(found);
  }

  /** Writes what is not written yet, as far as the database takes it. */
  @Override
  public void close() {
    timer.shutdownNow();
    tryFlush();
  }
}
