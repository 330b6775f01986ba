package io.kydai.ingest.camera;

import java.util.Arrays;

/**
 * Measures rates over the last five seconds, or since the first access unit if that is less. The
 * time is at least one second, because many cameras begin with a burst. At most 1,024 entries are
 * kept, so a stream of more than 200 units per second is measured over a shorter time. Thread-safe.
 */
final class RateWindow {
  private static final long WINDOW_NANOS = 5_000_000_000L;
  private static final double MIN_SECONDS = 1;
  private static final int INITIAL_ENTRIES = 16;
  private static final int MAX_ENTRIES = 1024;

  /**
   * The measured rates.
   *
   * @param unitsPerSecond access units per second
   * @param bitsPerSecond bits of the access units' data per second
   */
  record Rates(double unitsPerSecond, double bitsPerSecond) {}

  /** The times and sizes of the entries: ring buffers that begin at {@link #first}. */
  private long[] times = new long[INITIAL_ENTRIES];

  private int[] sizes = new int[INITIAL_ENTRIES];
  private int first;
  private int count;
  private long bytes;

  /**
   * Adds an access unit.
   *
   * @param now the current time in nanoseconds
   * @param size the unit's size in bytes
   */
  synchronized void add(long now, int size) {
    if (count == MAX_ENTRIES) {
      removeFirst();
    } else if (count == times.length) {
      grow();
    }
    int index = first + count & times.length - 1;
    times[index] = now;
    sizes[index] = size;
    count++;
    bytes += size;
    expire(now);
  }

  /**
   * Returns the rates; 0 with fewer than two units.
   *
   * @param now the current time in nanoseconds
   */
  synchronized Rates rates(long now) {
    expire(now);
    if (count < 2) {
      return new Rates(0, 0);
    }
    // The first entry only marks the beginning of the measured time.
    double seconds = Math.max(MIN_SECONDS, (now - times[first]) / 1e9);
    return new Rates((count - 1) / seconds, (bytes - sizes[first]) * 8 / seconds);
  }

  private void expire(long now) {
    while (count > 0 && now - times[first] > WINDOW_NANOS) {
      removeFirst();
    }
  }

  private void removeFirst() {
    bytes -= sizes[first];
    first = first + 1 & times.length - 1;
    count--;
  }

  /** Doubles the arrays, whose length is a power of two, and moves the first entry to index 0. */
  private void grow() {
    int length = times.length;
    long[] moreTimes = Arrays.copyOfRange(times, first, first + 2 * length);
    int[] moreSizes = Arrays.copyOfRange(sizes, first, first + 2 * length);
    System.arraycopy(times, 0, moreTimes, length - first, first);
    System.arraycopy(sizes, 0, moreSizes, length - first, first);
    times = moreTimes;
    sizes = moreSizes;
    first = 0;
  }
}
