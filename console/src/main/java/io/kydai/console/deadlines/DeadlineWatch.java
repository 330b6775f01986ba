package io.kydai.console.deadlines;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every minute, on its own thread, which deadlines are near or over. */
public final class DeadlineWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeadlineWatch.class);
  private static final long CLOSE_SECONDS = 3;

  private final Deadlines deadlines;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("deadlines"));

  /** Creates a watch, which {@link #start} starts. */
  public DeadlineWatch(Deadlines deadlines) {
    this.deadlines = requireNonNull(deadlines);
  }

  /** Starts to look. */
  public void start() {
    timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.MINUTES);
  }

  private void tick() {
    try {
      deadlines.tick();
    } catch (RuntimeException e) {
      LOG.error("deadlines cannot be looked at; the next look is in a minute", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the look at deadlines does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
