package io.kydai.ingest.connect;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential back-off with full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015): each
 * wait is drawn evenly from nothing to a bound that doubles, so that cameras that failed together
 * do not come back together. It differs in a smallest wait, a tenth of the first bound.
 */
public final class BackOff {
  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private Duration bound;

  /**
   * @param random gives numbers from 0 to below 1
   */
  public BackOff(Duration first, Duration longest, DoubleSupplier random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    bound = first;
  }

  public Duration next() {
    Duration smallest = first.dividedBy(10);
    Duration drawn = Duration.ofNanos((long) (bound.toNanos() * random.getAsDouble()));
    Duration doubled = bound.multipliedBy(2);
    bound = doubled.compareTo(longest) < 0 ? doubled : longest;
    return drawn.compareTo(smallest) < 0 ? smallest : drawn;
  }

  public void reset() {
    bound = first;
  }
}
