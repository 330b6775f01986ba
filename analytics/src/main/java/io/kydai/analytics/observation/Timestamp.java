package io.kydai.analytics.observation;

import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.time.Instant;

/**
 * A point in time on a camera's media time line and on the wall clock.
 *
 * @param mediaTime as in the access unit
 * @param wallClock the same point on the wall clock
 */
public record Timestamp(MediaTime mediaTime, Instant wallClock) {
  public static Timestamp of(Observation observation) {
    return new Timestamp(new MediaTime(observation.mediaTime()), observation.wallClock());
  }

  /** Returns the point that lies a duration later on both. */
  public Timestamp plus(Duration duration) {
    return new Timestamp(mediaTime.plus(MediaTime.of(duration)), wallClock.plus(duration));
  }

  /** Returns the ticks of media time from another moment to this one. */
  public long since(Timestamp earlier) {
    return mediaTime.ticks() - earlier.mediaTime.ticks();
  }

  /**
   * Returns the seconds of media time from another moment to this one; negative where that one is
   * later.
   */
  public double secondsSince(Timestamp earlier) {
    return MediaTime.seconds(since(earlier));
  }
}
