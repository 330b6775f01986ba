package io.kydai.analytics.pipeline;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for all cameras that says, once a second, that time has passed. */
public final class Ticker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
  private static final long SECONDS = 1;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param beat must be quick; what it throws is logged, and ends nothing
   */
  public Ticker(Runnable beat) {
    thread = NamedThreadFactory.daemon("ticker").newThread(() -> run(beat));
    thread.start();
  }

  private void run(Runnable beat) {
    try {
      while (!closed.await(SECONDS, TimeUnit.SECONDS)) {
        try {
          beat.run();
        } catch (RuntimeException e) {
          LOG.error("a heartbeat failed", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.error("the heartbeat was interrupted: lost signals will not be told", e);
    }
  }

  public boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
