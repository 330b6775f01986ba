package io.kydai.ingest.camera;

import java.util.ArrayDeque;

/**
 * Rates over the last five seconds, or since the first unit where that is less; the burst that many
 * cameras begin with counts as a second. It keeps at most 1,024 entries; a stream of more than 200
 * units per second is measured over a shorter time. Any thread may read.
 */
final class RateWindow {
  private static final long WINDOW = 5_000_000_000L;
  private static final double SHORTEST = 1;
  private static final int MAX_ENTRIES = 1024;

  /**
   * @param unitsPerSecond access units
   * @param bitsPerSecond of their data
   */
  record Rates(double unitsPerSecond, double bitsPerSecond) {}

  private record Entry(long time, int bytes) {}

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long bytes;

  synchronized void add(long now, int size) {
    entries.addLast(new Entry(now, size));
    bytes += size;
    if (entries.size() > MAX_ENTRIES) {
      bytes -= entries.removeFirst().bytes;
    }
    expire(now);
  }

  synchronized Rates rates(long now) {
    expire(now);
    if (entries.size() < 2) {
      return new Rates(0, 0);
    }
    // The first entry only marks the beginning of the time that the others took.
    Entry first = entries.getFirst();
    double seconds = Math.max(SHORTEST, (now - first.time) / 1e9);
    return new Rates((entries.size() - 1) / seconds, (bytes - first.bytes) * 8 / seconds);
  }

  private void expire(long now) {
    while (!entries.isEmpty() && now - entries.getFirst().time > WINDOW) {
      bytes -= entries.removeFirst().bytes;
    }
  }
}
