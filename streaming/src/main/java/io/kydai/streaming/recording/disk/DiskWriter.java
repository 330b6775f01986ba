package io.kydai.streaming.recording.disk;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes recordings to a disk, and its queue. Safe for many threads.
 *
 * <p>Fragments that wait hold at most a number of bytes. One that would exceed it is refused, so
 * that a slow disk costs its cameras pictures, which they record as gaps, but neither memory nor
 * anybody else's time. What ends files or tells of gaps is always taken; at most a few such tasks
 * follow each fragment.
 */
public final class DiskWriter {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWriter.class);

  private final long mostBytes;
  private final AtomicLong waiting = new AtomicLong();
  private final ExecutorService thread;

  /**
   * Starts the thread.
   *
   * @param mostBytes that fragments hold while they wait, together
   */
  public DiskWriter(long mostBytes) {
    this.mostBytes = mostBytes;
    thread = Executors.newSingleThreadExecutor(NamedThreadFactory.of("recording"));
  }

  /**
   * Hands over the writing of a fragment.
   *
   * @param bytes that it holds
   * @return whether it was taken
   */
  public boolean offer(long bytes, Runnable work) {
    if (waiting.addAndGet(bytes) > mostBytes) {
      waiting.addAndGet(-bytes);
      return false;
    }
    thread.execute(
        () -> {
          try {
            run(work);
          } finally {
            waiting.addAndGet(-bytes);
          }
        });
    return true;
  }

  /** Hands over what must be done, after all that was handed over before. */
  public void execute(Runnable work) {
    thread.execute(() -> run(work));
  }

  /** The bytes that wait. */
  public long waitingBytes() {
    return waiting.get();
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("recording: a task of the disk's thread failed", e);
    }
  }

  /**
   * Ends the thread when everything is written, or after a time.
   *
   * @return whether everything was written
   */
  public boolean close(long millis) {
    thread.shutdown();
    try {
      if (thread.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
    LOG.error("recording: the disk did not finish in {} ms; what waited is lost", millis);
    return false;
  }
}
