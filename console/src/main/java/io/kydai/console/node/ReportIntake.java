package io.kydai.console.node;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.StoreException;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.streaming.evidence.EvidenceItem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries alerts and evidence from the threads that find them to the report queue, in order, on a
 * thread of its own.
 *
 * <p>Nothing is lost to a slow or failing database: a write that fails is tried again until it
 * succeeds, and when {@value #CAPACITY} steps wait, whoever brings the next one waits too. Then
 * pictures are left out of the analysis, which is better than an alert that nobody hears of; {@link
 * #fault} says that it is so. Only updates in the middle of an alert are left out when the queue is
 * full: the close tells all that they tell. What still waits when the node ends is kept in the
 * {@link IntakeJournal} and told at the next start; at the end nobody waits any more ({@link
 * #stopWaiting}), and up to {@value #LATE_CAPACITY} steps beyond the queue are kept.
 */
final class ReportIntake implements AutoCloseable {
  static final int CAPACITY = 512;
  static final int LATE_CAPACITY = 4_096;

  private static final Logger LOG = LoggerFactory.getLogger(ReportIntake.class);
  private static final long FIRST_RETRY_MILLIS = 100;
  private static final long LAST_RETRY_MILLIS = 5_000;
  private static final long DRAIN_MILLIS = 1_500;

  private final ReportQueue reports;
  private final IntakeJournal journal;
  private final BlockingQueue<IntakeStep> steps = new ArrayBlockingQueue<>(CAPACITY);

  /** What came when nobody was to wait any more and {@link #steps} was full. */
  private final BlockingQueue<IntakeStep> late = new LinkedBlockingQueue<>(LATE_CAPACITY);

  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer = NamedThreadFactory.of("report-intake").newThread(this::writeAll);
  private final Counter retries;
  private final Counter omitted;
  private volatile @Nullable IntakeStep inHand;
  private volatile String fault = "";

  /**
   * @param journal its steps have been told already
   */
  ReportIntake(ReportQueue reports, IntakeJournal journal, MeterRegistry metrics) {
    this.reports = reports;
    this.journal = journal;
    this.retries = metrics.counter("kydai.console.intake.retries");
    this.omitted = metrics.counter("kydai.console.intake.updates.omitted");
    Gauge.builder("kydai.console.intake.waiting", this, ReportIntake::waiting).register(metrics);
    writer.start();
  }

  /**
   * Tells the queue what the journal kept of the process before, and empties the journal.
   *
   * @throws StartException when the journal cannot be read
   */
  static void tellKept(IntakeJournal journal, ReportQueue reports) {
    try {
      List<IntakeStep> kept = journal.read();
      for (IntakeStep step : kept) {
        step.tell(reports);
      }
      if (!kept.isEmpty()) {
        LOG.info("{} steps of alerts that waited at the last end are in the queue", kept.size());
      }
    } catch (IOException e) {
      throw new StartException("What waited at the last end cannot be read: " + e.getMessage(), e);
    }
    try {
      journal.reserve();
    } catch (IOException e) {
      LOG.warn("no room is reserved for alerts that wait when the node ends: {}", e.toString());
    }
  }

  private int waiting() {
    return steps.size() + late.size() + (inHand != null ? 1 : 0);
  }

  /** An alert opened; its snapshot is on the disk. */
  void opened(Alert alert, List<EvidenceItem> evidence) {
    put(new IntakeStep.Opened(alert, evidence));
  }

  void updated(Alert alert) {
    if (!steps.offer(new IntakeStep.Changed(alert))) {
      omitted.increment();
    }
  }

  void closed(Alert alert) {
    put(new IntakeStep.Changed(alert));
  }

  /** A file of evidence is whole. */
  void evidence(AlertId alertId, EvidenceItem item) {
    put(new IntakeStep.Evidence(alertId, item));
  }

  /** Why reports do not get into the queue now, if they do not. */
  Optional<String> fault() {
    if (!writer.isAlive()) {
      return Optional.of("the thread that writes reports has ended");
    }
    return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
  }

  /**
   * From now on nobody waits for room. The node ends, and a thread that waits here would keep its
   * room from closing.
   */
  void stopWaiting() {
    ending.countDown();
  }

  private void put(IntakeStep step) {
    try {
      while (ending.getCount() > 0) {
        if (steps.offer(step, FIRST_RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // Only a thread that is to end is interrupted: its step is kept, and it goes on to its end.
      Thread.currentThread().interrupt();
    }
    // What came earlier stays ahead of what comes later, as long as there is any in the way.
    if (!late.isEmpty() || !steps.offer(step)) {
      if (!late.offer(step)) {
        LOG.error("lost, {} steps wait already: {}", LATE_CAPACITY, step.inWords());
      }
    }
  }

  private void writeAll() {
    try {
      while (closing.getCount() > 0 || !steps.isEmpty() || !late.isEmpty()) {
        IntakeStep step = steps.poll(FIRST_RETRY_MILLIS, TimeUnit.MILLISECONDS);
        if (step == null) {
          step = late.poll();
        }
        if (step != null) {
          inHand = step;
          write(step);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("the node ends while steps of alerts wait for the report queue");
    }
  }

  /** Returns when it is written, or refused for good. */
  private void write(IntakeStep step) throws InterruptedException {
    long pause = FIRST_RETRY_MILLIS;
    while (true) {
      try {
        step.tell(reports);
        fault = "";
        inHand = null;
        return;
      } catch (StoreException e) {
        if (fault.isEmpty()) {
          LOG.error("the report queue takes nothing in, and alerts wait: {}", e.getMessage());
        }
        fault = "the report queue takes nothing in: " + e.getMessage();
        retries.increment();
      } catch (RuntimeException e) {
        LOG.error("the report queue refused for good: {}", step.inWords(), e);
        inHand = null;
        return;
      }
      if (closing.await(pause, TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("what fails now is left to the next start");
      }
      pause = Math.min(LAST_RETRY_MILLIS, pause * 2);
    }
  }

  /** Writes what waits, for a while, and keeps the rest for the next start. */
  @Override
  public void close() {
    stopWaiting();
    closing.countDown();
    try {
      writer.join(DRAIN_MILLIS);
      writer.interrupt();
      writer.join(DRAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<IntakeStep> waiting = new ArrayList<>();
    IntakeStep unwritten = inHand;
    if (unwritten != null) {
      waiting.add(unwritten);
    }
    steps.drainTo(waiting);
    late.drainTo(waiting);
    if (waiting.isEmpty()) {
      return;
    }
    int kept = journal.write(waiting);
    LOG.warn("{} steps of alerts wait for the next start of the node", kept);
    waiting.subList(kept, waiting.size()).forEach(lost -> LOG.error("lost: {}", lost.inWords()));
  }
}
