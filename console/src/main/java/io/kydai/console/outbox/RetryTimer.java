package io.kydai.console.outbox;

import java.time.Duration;

/** A timer that runs tasks one at a time. */
public interface RetryTimer extends AutoCloseable {
  /** Runs a task after a delay. */
  void after(Duration delay, Runnable task);

  /** Cancels all tasks that have not begun. */
  @Override
  void close();
}
