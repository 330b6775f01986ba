package io.kydai.ingest.connect;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential back-off with full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015): each
 * wait is drawn from a uniform distribution between 0 and a bound that doubles, so that cameras
 * that failed at the same time do not reconnect at the same time. Unlike there, a wait is at least
 * a tenth of the first bound.
 */
public final class BackOff {
  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private Duration bound;

  /**
   * Creates a back-off in its initial state.
   *
   * @param first the first bound
   * @param longest the largest bound
   * @param random supplies numbers from 0 (inclusive) to 1 (exclusive)
   */
  public BackOff(Duration first, Duration longest, DoubleSupplier random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    bound = first;
  }

  /** Returns the next wait, and doubles the bound. */
  public Duration next() {
    Duration smallest = first.dividedBy(10);
    Duration drawn = Duration.ofNanos((long) (bound.toNanos() * random.getAsDouble()));
    Duration doubled = bound.multipliedBy(2);
    bound = doubled.compareTo(longest) < 0 ? doubled : longest;
    return drawn.compareTo(smallest) < 0 ? smallest : drawn;
  }

  /** Sets the bound back to the first, after a success. */
  public void reset() {
    bound = first;
  }
}
