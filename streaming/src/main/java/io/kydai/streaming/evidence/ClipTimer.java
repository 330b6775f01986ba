package io.kydai.streaming.evidence;

import java.time.Duration;

/** Runs something later; in tests, when the test says so. */
@FunctionalInterface
public interface Timer {
  /**
   * @return running it takes the task back, if it has not run yet
   */
  Runnable after(Duration delay, Runnable task);
}
