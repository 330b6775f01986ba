package io.kydai.streaming.recording.disk;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
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
  private final LongSupplier nanos;
  private final AtomicLong waiting = new AtomicLong();
  private final ExecutorService thread;

  /** When the task that runs now began, by the clock; 0 while none runs. */
  private volatile long since;

  /**
   * Starts the thread.
   *
   * @param mostBytes that fragments hold while they wait, together
   */
  public DiskWriter(long mostBytes) {
    this(mostBytes, System::nanoTime);
  }

  /**
   * As the other.
   *
   * @param nanos a clock that is never set, in nanoseconds
   */
  public DiskWriter(long mostBytes, LongSupplier nanos) {
    this.mostBytes = mostBytes;
    this.nanos = nanos;
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

  private void run(Runnable work) {
    since = nanos.getAsLong() | 1;
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("recording: a task of the disk's thread failed", e);
    } finally {
      since = 0;
    }
  }

  /** Returns whether one task has been running for a time. */
  boolean isStuck(long forNanos) {
    long began = since;
    return began != 0 && nanos.getAsLong() - began > forNanos;
  }

  /** Takes no further task; those that wait are done. */
  void shutdown() {
    thread.shutdown();
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
