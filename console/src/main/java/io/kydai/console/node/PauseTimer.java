package io.kydai.console.node;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends pauses of cameras, and handovers of their faults, that are over, within a second. */
final class PauseTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PauseTimer.class);

  private final List<Runnable> ends;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(NamedThreadFactory.daemon("camera-pauses"));

  /**
   * Creates the timer.
   *
   * @param ends each ends what is over of one kind
   */
  PauseTimer(Runnable... ends) {
    this.ends = List.of(ends);
  }

  /** Starts to look for pauses that are over, on a thread of this object. */
  void start() {
    timer.scheduleWithFixedDelay(this::run, 1, 1, TimeUnit.SECONDS);
  }

  /** Ends what is over; a fault of the database is logged, and the next run tries again. */
  private void run() {
    for (Runnable end : ends) {
      try {
        end.run();
      } catch (RuntimeException e) {
        LOG.error("the pauses of cameras that are over cannot be ended", e);
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
