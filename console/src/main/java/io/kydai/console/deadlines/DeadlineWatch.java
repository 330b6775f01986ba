package io.kydai.console.deadlines;

import static java.util.Objects.requireNonNull;

import io.kydai.console.outbox.RetryTimer;
import io.kydai.console.outbox.ThreadRetryTimer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from the start on and every second, on its own thread, which deadlines are near or over.
 * Where none is, a look is one statement, which an index answers. One second after a look the next
 * one begins; a look that takes longer delays it.
 */
public final class DeadlineWatch implements AutoCloseable {
  static final Duration LOOK = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(DeadlineWatch.class);

  private final Deadlines deadlines;
  private final RetryTimer timer;
  private boolean failing;

  /** Creates a watch, which {@link #start} starts. */
  public DeadlineWatch(Deadlines deadlines) {
    this(deadlines, new ThreadRetryTimer("deadlines"));
  }

  DeadlineWatch(Deadlines deadlines, RetryTimer timer) {
    this.deadlines = requireNonNull(deadlines);
    this.timer = requireNonNull(timer);
  }

  /** Starts to look. */
  public void start() {
    timer.after(Duration.ZERO, this::look);
  }

  private void look() {
    try {
      tick();
    } finally {
      timer.after(LOOK, this::look);
    }
  }

  /** Says once that it fails, and not every second. */
  private void tick() {
    try {
      deadlines.tick();
      if (failing) {
        LOG.info("deadlines are looked at again");
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.error("deadlines cannot be looked at; it is tried again every second", e);
      }
      failing = true;
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
