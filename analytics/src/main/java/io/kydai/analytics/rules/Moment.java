package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.ingest.AccessUnit;
import java.time.Duration;
import java.time.Instant;

/** A media time and the same on the wall clock. */
record Moment(long mediaTime, Instant wallClock) {
  static Moment of(Observation observation) {
    return new Moment(observation.mediaTime(), observation.wallClock());
  }

  /** Ticks of media time from another moment to this one. */
  long since(Moment earlier) {
    return mediaTime - earlier.mediaTime;
  }

  double secondsSince(Moment earlier) {
    return since(earlier) / (double) AccessUnit.TICKS_PER_SECOND;
  }

  static long ticks(Duration duration) {
    return Math.round(duration.toNanos() / 1e9 * AccessUnit.TICKS_PER_SECOND);
  }

  static long seconds(double seconds) {
    return Math.round(seconds * AccessUnit.TICKS_PER_SECOND);
  }
}
