package io.kydai.ingest.concurrent;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets an event loop wake up for its sockets at most once per interval, as network cards coalesce
 * their interrupts. A camera's packets arrive spread over some milliseconds, and those of many
 * cameras at all times; without it a loop goes to sleep after each and is woken for the next, which
 * takes more processor time than reading them.
 *
 * <p>Guarantees: a loop that slept for the interval or longer wakes up at once, and a loop that was
 * busy for so long does not pause. Otherwise bytes wait in the socket's buffer, and tasks in their
 * queue, for at most the interval. A loop that has a task to run when it would select does not
 * pause.
 *
 * <p>One object belongs to one event loop, which is the only one to call it.
 */
public final class WakeUpCoalescing implements SelectStrategy {
  private final long interval;
  private final LongSupplier nanoTime;
  private final LongConsumer pause;
  private long earliest;

  /** Creates the strategy of one event loop, with the shortest interval between its wake-ups. */
  public WakeUpCoalescing(Duration interval) {
    this(interval, System::nanoTime, LockSupport::parkNanos);
  }

  /**
   * Creates a strategy for a test.
   *
   * @param nanoTime a monotonic clock in nanoseconds
   * @param pause waits for a number of nanoseconds, or for less
   */
  WakeUpCoalescing(Duration interval, LongSupplier nanoTime, LongConsumer pause) {
    this.interval = interval.toNanos();
    this.nanoTime = nanoTime;
    this.pause = pause;
    earliest = nanoTime.getAsLong();
  }

  @Override
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (hasTasks) {
      return selectNow.get();
    }
    long now = nanoTime.getAsLong();
    if (earliest - now > 0) {
      pause.accept(earliest - now);
      now = nanoTime.getAsLong();
    }
    earliest = now + interval;
    return SelectStrategy.SELECT;
  }
}
