package io.kydai.console.webhooks;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer with its own thread. */
final class ThreadRetryTimer implements RetryTimer {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadRetryTimer.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, NamedThreadFactory.of("webhooks"), new ScheduledThreadPoolExecutor.DiscardPolicy());

  ThreadRetryTimer() {
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    // The executor would discard an exception of the task without logging it.
    executor.schedule(
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("a task of webhook delivery failed", e);
          }
        },
        delay.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("a task of webhook delivery still runs after 5 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
