package io.kydai.analytics.pipeline;

import java.time.Duration;
import java.util.Arrays;

/**
 * How often something happened lately, and how long it took: over the last five seconds, or over
 * the last {@value #CAPACITY} times where these took less. What is rarer than that, as a camera
 * where nothing moves, goes by its last interval, until half a minute has passed. Any thread.
 */
final class RateMeter {
  private static final int CAPACITY = 256;
  private static final long WINDOW_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long LATELY_NANOS = Duration.ofSeconds(30).toNanos();

  private final long[] at = new long[CAPACITY];
  private final long[] took = new long[CAPACITY];
  private int size;
  private int next;

  synchronized void add(long nanoTime, long nanosTaken) {
    at[next] = nanoTime;
    took[next] = nanosTaken;
    next = (next + 1) % CAPACITY;
    size = Math.min(size + 1, CAPACITY);
  }

  /** Times per second. */
  synchronized double perSecond(long nanoTime) {
    int recent = within(WINDOW_NANOS, nanoTime);
    if (recent < 2 && size > 1) {
      long interval = Math.max(nanoTime - at(0), at(0) - at(1));
      return interval > LATELY_NANOS ? 0 : 1e9 / Math.max(1, interval);
    }
    // A full ring that does not reach back over the whole window counts for its own span only.
    long span = recent < CAPACITY ? WINDOW_NANOS : Math.max(1, nanoTime - at[next]);
    return recent * 1e9 / span;
  }

  /** Mean of what they took; zero when there were none. */
  synchronized Duration mean(long nanoTime) {
    int recent = recent(nanoTime);
    long sum = 0;
    for (int i = 1; i <= recent; i++) {
      sum += took[Math.floorMod(next - i, CAPACITY)];
    }
    return recent == 0 ? Duration.ZERO : Duration.ofNanos(sum / recent);
  }

  /**
   * What nearly all of them took at most; zero when there were none.
   *
   * @param share of them, above 0, up to 1
   */
  synchronized Duration quantile(long nanoTime, double share) {
    int recent = recent(nanoTime);
    if (recent == 0) {
      return Duration.ZERO;
    }
    long[] sorted = new long[recent];
    for (int i = 0; i < recent; i++) {
      sorted[i] = took[Math.floorMod(next - 1 - i, CAPACITY)];
    }
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[(int) Math.ceil(share * recent) - 1]);
  }

  /** How many count as lately: those of the window, or the newest where it is rare. */
  private int recent(long nanoTime) {
    return Math.max(within(WINDOW_NANOS, nanoTime), Math.min(1, within(LATELY_NANOS, nanoTime)));
  }

  private int within(long window, long nanoTime) {
    int count = 0;
    while (count < size && nanoTime - at(count) <= window) {
      count++;
    }
    return count;
  }

  private long at(int back) {
    return at[Math.floorMod(next - 1 - back, CAPACITY)];
  }
}
