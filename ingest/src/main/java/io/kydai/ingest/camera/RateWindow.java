package io.kydai.ingest.camera;

import java.util.Arrays;

/**
 * Rates over the last five seconds, or since the first unit where that is less; the burst that many
 * cameras begin with counts as a second. It keeps at most 1,024 entries; a stream of more than 200
 * units per second is measured over a shorter time. Any thread may read.
 */
final class RateWindow {
  private static final long WINDOW = 5_000_000_000L;
  private static final double SHORTEST = 1;
  private static final int FEWEST_ENTRIES = 16;
  private static final int MAX_ENTRIES = 1024;

  /**
   * @param unitsPerSecond access units
   * @param bitsPerSecond of their data
   */
  record Rates(double unitsPerSecond, double bitsPerSecond) {}

  /** Times and sizes of the entries, from {@link #first} around the arrays' end. */
  private long[] times = new long[FEWEST_ENTRIES];

  private int[] sizes = new int[FEWEST_ENTRIES];
  private int first;
  private int count;
  private long bytes;

  synchronized void add(long now, int size) {
    if (count == MAX_ENTRIES) {
      removeFirst();
    } else if (count == times.length) {
      grow();
    }
    int place = first + count & times.length - 1;
    times[place] = now;
    sizes[place] = size;
    count++;
    bytes += size;
    expire(now);
  }

  synchronized Rates rates(long now) {
    expire(now);
    if (count < 2) {
      return new Rates(0, 0);
    }
    // The first entry only marks the beginning of the time that the others took.
    double seconds = Math.max(SHORTEST, (now - times[first]) / 1e9);
    return new Rates((count - 1) / seconds, (bytes - sizes[first]) * 8 / seconds);
  }

  private void expire(long now) {
    while (count > 0 && now - times[first] > WINDOW) {
      removeFirst();
    }
  }

  private void removeFirst() {
    bytes -= sizes[first];
    first = first + 1 & times.length - 1;
    count--;
  }

  /** Doubles the arrays, whose length is a power of two, and puts the first entry in front. */
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
