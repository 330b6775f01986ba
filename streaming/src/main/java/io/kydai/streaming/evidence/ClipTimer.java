package io.kydai.streaming.evidence;

import java.time.Duration;

/** A timer for clips whose camera falls silent; a test has one that it sets off itself. */
@FunctionalInterface
public interface ClipTimer {
  /**
   * Runs a task once, after a delay, on any thread.
   *
   * @return running it cancels the task, if that has not run yet
   */
  Runnable after(Duration delay, Runnable task);
}
