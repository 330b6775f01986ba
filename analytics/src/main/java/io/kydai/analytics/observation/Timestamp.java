package io.kydai.analytics.observation;

import io.kydai.ingest.media.AccessUnit;
import java.time.Duration;
import java.time.Instant;

/**
 * A point in time on a camera's media time line and on the wall clock.
 *
 * @param mediaTime 1/90000 s, as in the access unit
 * @param wallClock the same point on the wall clock
 */
public record Timestamp(long mediaTime, Instant wallClock) {
  public static Timestamp of(Observation observation) {
    return new Timestamp(observation.mediaTime(), observation.wallClock());
  }

  /** Ticks of media time from another moment to this one. */
  public long since(Timestamp earlier) {
    return mediaTime - earlier.mediaTime;
  }

  /** Seconds of media time from another moment to this one; negative where that one is later. */
  public double secondsSince(Timestamp earlier) {
    return since(earlier) / (double) AccessUnit.TICKS_PER_SECOND;
  }

  /** A duration in ticks of 1/90000 s, rounded. */
  public static long ticks(Duration duration) {
    return Math.round(duration.toNanos() / 1e9 * AccessUnit.TICKS_PER_SECOND);
  }

  /** Seconds in ticks of 1/90000 s, rounded. */
  public static long seconds(double seconds) {
    return Math.round(seconds * AccessUnit.TICKS_PER_SECOND);
  }
}
