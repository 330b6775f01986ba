package io.kydai.console.webhooks;

import java.time.Duration;

/** Runs tasks later, one at a time. Tests have one that does not wait. */
interface RetryTimer extends AutoCloseable {
  void after(Duration delay, Runnable task);

  /** What has not begun never will. */
  @Override
  void close();
}
