package io.kydai.analytics.rules;

import java.time.Duration;
import java.time.Instant;

/**
 * Pieces of the wall clock's time, in which is counted; they begin at multiples since the epoch.
 */
final class Pieces {
  /** The shortest. */
  static final Duration SHORTEST = Duration.ofMinutes(5);

  /** How many of the shortest are kept: a day. */
  static final int MOST = 288;

  private Pieces() {}

  /** When the shortest piece begins in which a time lies, seconds since the epoch. */
  static long of(Instant when) {
    return begin(when, SHORTEST);
  }

  /**
   * When a piece begins in which a time lies, seconds since the epoch.
   *
   * @throws IllegalArgumentException when the length is not a multiple of five minutes
   */
  static long begin(Instant when, Duration length) {
    long seconds = length.toSeconds();
    if (seconds <= 0 || seconds % SHORTEST.toSeconds() != 0) {
      throw new IllegalArgumentException("a multiple of five minutes, not " + length);
    }
    return Math.floorDiv(when.getEpochSecond(), seconds) * seconds;
  }
}
