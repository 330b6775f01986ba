package io.kydai.console.outbox;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer with its own thread. */
public final class ThreadRetryTimer implements RetryTimer {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadRetryTimer.class);

  private final String subject;
  private final ScheduledThreadPoolExecutor executor;

  /**
   * @param subject names the thread, such as {@code webhooks}
   */
  public ThreadRetryTimer(String subject) {
    this.subject = subject;
    executor =
        new ScheduledThreadPoolExecutor(
            1, NamedThreadFactory.of(subject), new ScheduledThreadPoolExecutor.DiscardPolicy());
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
            LOG.error("a task of the delivery of {} failed", subject, e);
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
        LOG.warn("a task of the delivery of {} still runs after 5 s", subject);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
