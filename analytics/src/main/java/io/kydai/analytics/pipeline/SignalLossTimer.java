package io.kydai.analytics.pipeline;

import java.time.Duration;

/**
 * For how long a camera has shown no picture. Counted from beat to beat, two seconds of each at
 * most: while this process stood still itself, nobody knows what the camera did. Any thread.
 */
final class SignalLossTimer {
  private static final long MOST = Duration.ofSeconds(2).toNanos();

  private long lastBeat;
  private long nanos;

  /**
   * @param now {@link System#nanoTime} or the like
   */
  SignalLossTimer(long now) {
    lastBeat = now;
  }

  /** A picture came. */
  synchronized void ended() {
    nanos = 0;
  }

  /** Time has passed. */
  synchronized void beat(long now) {
    nanos += Math.max(0, Math.min(MOST, now - lastBeat));
    lastBeat = now;
  }

  synchronized Duration length() {
    return Duration.ofNanos(nanos);
  }
}
