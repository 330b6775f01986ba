package io.kydai.ingest.clock;

import io.kydai.ingest.media.MediaTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Computes the wall-clock times of a camera's pictures over all its connections.
 *
 * <p>A picture's time is its media time plus an offset. The target of the offset comes from the
 * camera's sender reports where they are trusted, and otherwise from the arrivals: it is the offset
 * of the minDelay delayed picture of the last 5 to 10 s, so that single late pictures and backlogs
 * after a stall have no effect. The offset approaches its target by at most 500 millionths of the
 * elapsed time, which preserves the order of the pictures and does not distort measured speeds.
 *
 * <p>A difference of more than a second is not slewed but stepped, at a key frame, and reported by
 * {@link Reading#stepped}. The change from arrivals to sender reports is also a step at a key
 * frame, of less than 4 s, after which {@link Reading#reported} is true. In the first 20 s of a
 * connection the offset may decrease at once, because no picture is taken after its arrival.
 */
final class WallClock {
  static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final double MAX_SLEW = 500e-6;
  private static final long MAX_SLEWED = NANOS_PER_SECOND;
  private static final long SPAN = 5 * NANOS_PER_SECOND;
  private static final long SETTLING = 20 * NANOS_PER_SECOND;
  private static final long MAX_SETTLED = 60 * NANOS_PER_SECOND;

  /** The largest difference between a report and the arrivals, by network delay and clock error. */
  private static final long MAX_REPORT_DIFFERENCE = 4 * NANOS_PER_SECOND;

  private static final long NONE = Long.MAX_VALUE;

  private boolean started;
  private boolean connectionStarted;

  /** The difference of wall-clock time (since the epoch) and media time, in nanoseconds. */
  private long offset;

  private long highestMedia;
  private long highestTime;
  private boolean reported;

  private long connectedAt;
  private long spanStart;
  private long minDelay = NONE;
  private long previousMinDelay = NONE;

  /**
   * The wall-clock time of a picture.
   *
   * @param time the time at which the picture was taken
   * @param reported whether the time comes from sender reports; otherwise it comes from arrivals
   * @param stepped whether the clock was stepped, so that earlier times are not comparable
   */
  record Reading(Instant time, boolean reported, boolean stepped) {}

  /** Begins a new connection, to which the next picture belongs. */
  void reconnected() {
    connectionStarted = false;
    reported = false;
    minDelay = NONE;
    previousMinDelay = NONE;
  }

  /**
   * Returns the wall-clock time of the next picture.
   *
   * @param mediaTime the media time in 1/90000 s
   * @param arrival the arrival time in nanoseconds of a monotonic clock
   * @param now the arrival time by this machine's wall clock
   * @param report the time at which it was taken by the camera's sender reports; null where none is
   *     trusted
   * @param keyFrame whether the clock may be stepped at this picture
   */
  Reading read(
      long mediaTime, long arrival, Instant now, @Nullable Instant report, boolean keyFrame) {
    long media = MediaTime.nanos(mediaTime);
    boolean first = !connectionStarted;
    if (first) {
      connectionStarted = true;
      connectedAt = arrival;
      spanStart = arrival;
    }
    observe(arrival - media, arrival);
    long onWall = epochNanos(now) - arrival;
    long byArrival = Math.min(minDelay, previousMinDelay) + onWall;
    long byReport = report == null ? 0 : epochNanos(report) - media;
    boolean reports = report != null && Math.abs(byReport - byArrival) <= MAX_REPORT_DIFFERENCE;
    boolean stepped = false;
    if (!started) {
      started = true;
      offset = byArrival;
      highestMedia = media;
      highestTime = media + offset;
    }
    if (reports && !reported && keyFrame) {
      reported = true;
      stepped = Math.abs(byReport - offset) > MAX_SLEWED;
      offset = byReport;
    }
    reported &= reports;
    long target = reported ? byReport : byArrival;
    boolean certain = reported || first || previousMinDelay != NONE;
    if (Math.abs(target - offset) > MAX_SLEWED && keyFrame && certain) {
      offset = target;
      stepped = true;
    } else {
      slew(target, media);
    }
    if (!reported && !stepped && arrival - connectedAt < SETTLING) {
      settle(media, arrival + onWall);
    }
    if (media >= highestMedia) {
      highestMedia = media;
      highestTime = media + offset;
    }
    return new Reading(instant(media + offset), reported, stepped);
  }

  private void observe(long delay, long arrival) {
    if (arrival - spanStart >= SPAN) {
      previousMinDelay = minDelay;
      minDelay = NONE;
      spanStart = arrival;
    }
    minDelay = Math.min(minDelay, delay);
  }

  private void slew(long target, long media) {
    long most = (long) (Math.max(0, media - highestMedia) * MAX_SLEW);
    offset += Math.max(-most, Math.min(most, target - offset));
  }

  private void settle(long media, long arrived) {
    long ahead = media + offset - arrived;
    if (ahead > 0 && ahead < MAX_SETTLED && media > highestMedia) {
      offset = Math.max(offset - ahead, highestTime - media);
    }
  }

  static long epochNanos(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
  }

  private static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
  }
}
