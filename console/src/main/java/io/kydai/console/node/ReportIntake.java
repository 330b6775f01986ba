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
 * Passes alerts and evidence from the threads that produce them to the report queue, in order, on
 * its own thread.
 *
 * <p>A slow or failing database does not lose alerts: a write that fails is repeated until it
 * succeeds, and when {@value #CAPACITY} steps wait, the calling threads block. The analysis then
 * skips pictures, which is preferable to losing an alert, and {@link #fault} reports it. Only
 * updates of an open alert are dropped when the queue is full, because closing the alert repeats
 * what they contain. Steps that still wait when the node ends are stored in the {@link
 * IntakeJournal} and applied at the next start; then no thread blocks any more ({@link
 * #stopWaiting}), and up to {@value #LATE_CAPACITY} further steps are accepted.
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

  /** Steps that arrived after {@link #stopWaiting} while {@link #steps} was full. */
  private final BlockingQueue<IntakeStep> late = new LinkedBlockingQueue<>(LATE_CAPACITY);

  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer = NamedThreadFactory.of("report-intake").newThread(this::writeAll);
  private final Counter retries;
  private final Counter omitted;
  private volatile @Nullable IntakeStep current;
  private volatile String fault = "";

  /**
   * Creates an intake and starts its thread.
   *
   * @param journal the journal, whose stored steps have already been applied
   */
  ReportIntake(ReportQueue reports, IntakeJournal journal, MeterRegistry metrics) {
    this.reports = reports;
    this.journal = journal;
    this.retries =
        Counter.builder("kydai.console.intake.retries")
            .description("Attempts to write to the report queue that failed and are repeated")
            .register(metrics);
    this.omitted =
        Counter.builder("kydai.console.intake.updates.omitted")
            .description("Updates of open alerts that were dropped because too many steps waited")
            .register(metrics);
    Gauge.builder("kydai.console.intake.waiting", this, ReportIntake::waiting)
        .description("Steps of alerts that wait for the report queue")
        .register(metrics);
    writer.start();
  }

  /**
   * Applies the steps that an earlier process stored in the journal, and empties the journal.
   *
   * @throws StartException when the journal cannot be read
   */
  static void applyStored(IntakeJournal journal, ReportQueue reports) {
    try {
      List<IntakeStep> stored = journal.read();
      for (IntakeStep step : stored) {
        step.applyTo(reports);
      }
      if (!stored.isEmpty()) {
        LOG.info("{} steps of alerts that waited when the node ended are written", stored.size());
      }
    } catch (IOException e) {
      throw new StartException(
          "The alerts that waited when the node ended cannot be read: " + e.getMessage(), e);
    }
    try {
      journal.reserve();
    } catch (IOException e) {
      LOG.warn(
          "no disk space can be reserved for alerts that wait when the node ends: {}",
          e.toString());
    }
  }

  private int waiting() {
    return steps.size() + late.size() + (current != null ? 1 : 0);
  }

  /** Adds an opened alert with its snapshot; blocks while the queue is full. */
  void opened(Alert alert, List<EvidenceItem> evidence) {
    put(new IntakeStep.Opened(alert, evidence));
  }

  /** Adds an update of an open alert, or drops it while the queue is full. */
  void updated(Alert alert) {
    if (!steps.offer(new IntakeStep.Changed(alert))) {
      omitted.increment();
    }
  }

  /** Adds a closed alert; blocks while the queue is full. */
  void closed(Alert alert) {
    put(new IntakeStep.Changed(alert));
  }

  /** Adds a complete file of evidence; blocks while the queue is full. */
  void evidence(AlertId alertId, EvidenceItem item) {
    put(new IntakeStep.Evidence(alertId, item));
  }

  /** Returns why reports cannot be written at present; empty when they can. */
  Optional<String> fault() {
    if (!writer.isAlive()) {
      return Optional.of("the thread that writes reports has ended");
    }
    return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
  }

  /**
   * Stops blocking when the queue is full. It is called when the node ends, because a thread that
   * is blocked here would prevent its module from closing.
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
      // Threads are interrupted only to end them: the step is still added.
      Thread.currentThread().interrupt();
    }
    // Steps are kept in order: once some are in the second queue, later ones go there too.
    if (!late.isEmpty() || !steps.offer(step)) {
      if (!late.offer(step)) {
        LOG.error("lost because {} steps already wait: {}", LATE_CAPACITY, step.description());
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
          current = step;
          write(step);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("the node ends while alerts wait for the report queue");
    }
  }

  /** Writes a step, repeating the attempt until it succeeds or the queue refuses the step. */
  private void write(IntakeStep step) throws InterruptedException {
    long pause = FIRST_RETRY_MILLIS;
    while (true) {
      try {
        step.applyTo(reports);
        fault = "";
        current = null;
        return;
      } catch (StoreException e) {
        if (fault.isEmpty()) {
          LOG.error("alerts cannot be written to the report queue, and wait: {}", e.getMessage());
        }
        fault = "alerts cannot be written to the report queue: " + e.getMessage();
        retries.increment();
      } catch (RuntimeException e) {
        LOG.error("the report queue refused: {}", step.description(), e);
        current = null;
        return;
      }
      if (closing.await(pause, TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("the node ends; the step is stored for the next start");
      }
      pause = Math.min(LAST_RETRY_MILLIS, pause * 2);
    }
  }

  /** Writes waiting steps for a limited time, and stores the rest for the next start. */
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
    IntakeStep unwritten = current;
    if (unwritten != null) {
      waiting.add(unwritten);
    }
    steps.drainTo(waiting);
    late.drainTo(waiting);
    if (waiting.isEmpty()) {
      return;
    }
    int kept = journal.write(waiting);
    LOG.warn("{} steps of alerts are stored for the next start of the node", kept);
    waiting
        .subList(kept, waiting.size())
        .forEach(lost -> LOG.error("lost: {}", lost.description()));
  }
}
