package io.kydai.ingest.camera;

/**
 * Measures rates over the last five seconds, or since the first access unit if that is less. The
 * time is at least one second, because many cameras begin with a burst. Its begin is that of a step
 * of a fifth of a second, so that few values are kept whatever the rate. Thread-safe.
 */
final class RateWindow {
  private static final long WINDOW_NANOS = 5_000_000_000L;
  private static final long STEP_NANOS = 200_000_000L;
  private static final double MIN_SECONDS = 1;

  /** A power of two, and more steps than the window has. */
  private static final int MAX_STEPS = 32;

  /**
   * The measured rates.
   *
   * @param unitsPerSecond access units per second
   * @param bitsPerSecond bits of the access units' data per second
   */
  record Rates(double unitsPerSecond, double bitsPerSecond) {}

  /**
   * For each step the time of its first access unit: a ring buffer that begins at {@link #first}.
   */
  private final long[] starts = new long[MAX_STEPS];

  /** For each step the number of access units up to its first one. */
  private final long[] unitsAtStart = new long[MAX_STEPS];

  /** For each step the number of bytes up to its first access unit. */
  private final long[] bytesAtStart = new long[MAX_STEPS];

  private int first;
  private int steps;
  private long newestStart;
  private long units;
  private long bytes;

  /**
   * Adds an access unit.
   *
   * @param now the current time in nanoseconds
   * @param size the unit's size in bytes
   */
  synchronized void add(long now, int size) {
    units++;
    bytes += size;
    if (steps == 0 || now - newestStart >= STEP_NANOS) {
      beginStep(now);
    }
  }

  private void beginStep(long now) {
    expire(now);
    int index = first + steps & MAX_STEPS - 1;
    starts[index] = now;
    unitsAtStart[index] = units;
    bytesAtStart[index] = bytes;
    newestStart = now;
    steps++;
  }

  /**
   * Returns the rates; 0 with fewer than two units.
   *
   * @param now the current time in nanoseconds
   */
  synchronized Rates rates(long now) {
    expire(now);
    // The first unit only marks the beginning of the measured time.
    if (steps == 0 || units == unitsAtStart[first]) {
      return new Rates(0, 0);
    }
    double seconds = Math.max(MIN_SECONDS, (now - starts[first]) / 1e9);
    return new Rates(
        (units - unitsAtStart[first]) / seconds, (bytes - bytesAtStart[first]) * 8 / seconds);
  }

  private void expire(long now) {
    while (steps > 0 && now - starts[first] > WINDOW_NANOS) {
      first = first + 1 & MAX_STEPS - 1;
      steps--;
    }
  }
}
