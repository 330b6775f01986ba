package io.kydai.streaming.recording.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the age of recordings can be told by the wall clock. After it has leapt ahead, it is not
 * believed for a day: a wrong clock must not cost a city its recordings. For one thread.
 */
final class ClockTrust {
  private static final Duration LEAP = Duration.ofHours(1);
  private static final Duration DOUBT = Duration.ofDays(1);
  private static final Logger LOG = LoggerFactory.getLogger(ClockTrust.class);

  private final Clock clock;
  private final LongSupplier nanos;
  private final String done;
  private @Nullable Instant lastWall;
  private long lastNanos;
  private long doubtedSince;
  private boolean isDoubted;

  /**
   * @param nanos a clock that is never set, in nanoseconds
   * @param done what is not done by age while the clock is not believed, such as "deleted"
   */
  ClockTrust(Clock clock, LongSupplier nanos, String done) {
    this.clock = clock;
    this.nanos = nanos;
    this.done = done;
  }

  /** Returns whether nothing speaks against the wall clock. To be asked at each look. */
  boolean isBelieved() {
    Instant wall = clock.instant();
    long now = nanos.getAsLong();
    Instant last = lastWall;
    if (last != null) {
      Duration leapt = Duration.between(last, wall).minusNanos(now - lastNanos);
      if (leapt.compareTo(LEAP) > 0) {
        doubtedSince = now;
        isDoubted = true;
        LOG.error(
            "the clock leapt ahead by {}; recordings are not {} by age for a day", leapt, done);
      }
    }
    lastWall = wall;
    lastNanos = now;
    isDoubted &= now - doubtedSince < DOUBT.toNanos();
    return !isDoubted;
  }
}
