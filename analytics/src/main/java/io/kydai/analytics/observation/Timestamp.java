package io.kydai.analytics.observation;

import io.kydai.ingest.AccessUnit;
import java.time.Duration;
import java.time.Instant;

/** A media time and the same on the wall clock. */
public record Timestamp(long mediaTime, Instant wallClock) {
  public static Timestamp of(Observation observation) {
    return new Timestamp(observation.mediaTime(), observation.wallClock());
  }

  /** Ticks of media time from another moment to this one. */
  public long since(Timestamp earlier) {
    return mediaTime - earlier.mediaTime;
  }

  public double secondsSince(Timestamp earlier) {
    return since(earlier) / (double) AccessUnit.TICKS_PER_SECOND;
  }

  public static long ticks(Duration duration) {
    return Math.round(duration.toNanos() / 1e9 * AccessUnit.TICKS_PER_SECOND);
  }

  public static long seconds(double seconds) {
    return Math.round(seconds * AccessUnit.TICKS_PER_SECOND);
  }
}
