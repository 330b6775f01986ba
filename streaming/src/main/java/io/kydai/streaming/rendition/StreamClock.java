package io.kydai.streaming.rendition;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.media.WallClockSource;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What is known of one stream's clock: by how much wall clock and arrival are ahead of its media
 * time. Not safe for many threads.
 */
final class StreamClock {
  /** A picture's delay varies; the least delayed one of this time and the time before it counts. */
  private static final long WINDOW_NANOS = 5_000_000_000L;

  /** Before that, pictures may have come in a burst, all but the newest of them late. */
  private static final long ENOUGH_NANOS = 1_000_000_000L;

  private static final long NANOS = 1_000_000_000L;

  private boolean begun;
  private boolean reported;
  private long reportOffset;
  private long beganAt;
  private long windowAt;
  private long least;
  private long leastBefore;
  private long newestAt;

  /** Takes the next picture. */
  void add(AccessUnit unit, long arrivedNanos) {
    long media = MediaTime.nanos(unit.mediaTime());
    long late = arrivedNanos - media;
    if (!begun || unit.discontinuity()) {
      begun = true;
      beganAt = arrivedNanos;
      windowAt = arrivedNanos;
      least = late;
      leastBefore = late;
    } else if (arrivedNanos - windowAt > WINDOW_NANOS) {
      windowAt = arrivedNanos;
      leastBefore = least;
      least = late;
    } else {
      least = Math.min(least, late);
    }
    newestAt = arrivedNanos;
    reported = unit.wallClockSource() == WallClockSource.SENDER_REPORT;
    Instant taken = unit.wallClock();
    reportOffset = taken.getEpochSecond() * NANOS + taken.getNano() - media;
  }

  /** Returns wall clock less media time in nanoseconds, where sender reports tell it. */
  OptionalLong byReports() {
    return begun && reported ? OptionalLong.of(reportOffset) : OptionalLong.empty();
  }

  /** Returns arrival less media time in nanoseconds, where pictures have come for long enough. */
  OptionalLong byArrival() {
    return begun && newestAt - beganAt >= ENOUGH_NANOS
        ? OptionalLong.of(Math.min(least, leastBefore))
        : OptionalLong.empty();
  }

  /** Returns whether a picture has come within the given time before now. */
  boolean isFresh(long nowNanos, long withinNanos) {
    return begun && nowNanos - newestAt <= withinNanos;
  }
}
