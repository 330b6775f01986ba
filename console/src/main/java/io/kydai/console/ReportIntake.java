package io.kydai.console;

import io.kydai.analytics.Alert;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.StoreException;
import io.kydai.streaming.EvidenceItem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
 * full: the close tells all that they tell.
 */
final class ReportIntake implements AutoCloseable {
  static final int CAPACITY = 512;

  private static final Logger LOG = LoggerFactory.getLogger(ReportIntake.class);
  private static final long FIRST_RETRY_MILLIS = 100;
  private static final long LAST_RETRY_MILLIS = 5_000;
  private static final long DRAIN_MILLIS = 1_500;

  /** One thing to tell the queue. */
  private interface Step {
    void write();
  }

  private final ReportQueue reports;
  private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(CAPACITY);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer = new Thread(this::writeAll, "kydai-intake");
  private final Counter retries;
  private final Counter omitted;
  private volatile String fault = "";

  ReportIntake(ReportQueue reports, MeterRegistry metrics) {
    this.reports = reports;
    this.retries = metrics.counter("kydai.console.intake.retries");
    this.omitted = metrics.counter("kydai.console.intake.updates.omitted");
    Gauge.builder("kydai.console.intake.waiting", steps, BlockingQueue::size).register(metrics);
    writer.start();
  }

  /** An alert opened; its snapshot is on the disk. */
  void opened(Alert alert, List<EvidenceItem> evidence) {
    put(() -> reports.receive(alert, evidence));
  }

  void updated(Alert alert) {
    if (!steps.offer(() -> reports.update(alert))) {
      omitted.increment();
    }
  }

  void closed(Alert alert) {
    put(() -> reports.update(alert));
  }

  /** A file of evidence is whole. */
  void evidence(String alertId, EvidenceItem item) {
    put(() -> reports.addEvidence(alertId, item));
  }

  /** Why reports do not get into the queue now, if they do not. */
  Optional<String> fault() {
    if (!writer.isAlive()) {
      return Optional.of("the thread that writes reports has ended");
    }
    return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
  }

  private void put(Step step) {
    try {
      steps.put(step);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.error("an alert's step was interrupted on its way to the report queue and is lost");
    }
  }

  private void writeAll() {
    try {
      while (closing.getCount() > 0 || !steps.isEmpty()) {
        Step step = steps.poll(100, TimeUnit.MILLISECONDS);
        if (step != null) {
          write(step);
        }
      }
    } catch (InterruptedException e) {
      LOG.error("{} steps of alerts did not get into the report queue", steps.size() + 1);
    }
  }

  private void write(Step step) throws InterruptedException {
    long pause = FIRST_RETRY_MILLIS;
    while (true) {
      try {
        step.write();
        fault = "";
        return;
      } catch (StoreException e) {
        if (fault.isEmpty()) {
          LOG.error("the report queue takes nothing in; trying again", e);
        }
        fault = "the report queue takes nothing in: " + e.getMessage();
        retries.increment();
      } catch (RuntimeException e) {
        LOG.error("the report queue refused an alert's step for good", e);
        return;
      }
      if (closing.await(pause, TimeUnit.MILLISECONDS)) {
        // There is little time left, and still no reason to try without a pause.
        TimeUnit.MILLISECONDS.sleep(FIRST_RETRY_MILLIS);
      }
      pause = Math.min(LAST_RETRY_MILLIS, pause * 2);
    }
  }

  /** Writes what waits, for a while; nobody may bring anything any more. */
  @Override
  public void close() {
    closing.countDown();
    try {
      writer.join(DRAIN_MILLIS);
      writer.interrupt();
      writer.join(DRAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
