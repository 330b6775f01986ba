package io.kydai.ingest.clock;

import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wall-clock times of a camera's pictures, over all its connections.
 *
 * <p>A picture's time is its media time plus an offset. The offset follows what the camera's sender
 * reports say, where they are believed, or else the arrivals: of the last 5 to 10 s that of the
 * least delayed picture, so that a late one, or a backlog behind a stall, moves nothing. It follows
 * by at most 500 millionths of the time that passes, which no eye and no measurement of speed
 * notices, and which keeps the order of the pictures.
 *
 * <p>What is more than a second off is not caught up with but stepped over, at a key frame, and
 * said: {@link Reading#stepped}. From arrivals to sender reports it steps too, at a key frame, by
 * less than 4 s: {@link Reading#reported} says so. In the first 20 s of a connection the offset may
 * fall at once, since no picture is taken after it came.
 */
final class WallClock {
  static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final double MAX_SLEW = 500e-6;
  private static final long MAX_SLEWED = NANOS_PER_SECOND;
  private static final long SPAN = 5 * NANOS_PER_SECOND;
  private static final long SETTLING = 20 * NANOS_PER_SECOND;
  private static final long MAX_SETTLED = 60 * NANOS_PER_SECOND;

  /** How far a report may be from the arrivals: what a slow network and a fair clock make up. */
  private static final long BELIEVED = 4 * NANOS_PER_SECOND;

  private static final long NONE = Long.MAX_VALUE;

  private boolean started;
  private boolean connectionStarted;

  /** From media time to the wall clock, in nanoseconds. */
  private long offset;

  private long highestMedia;
  private long highestTime;
  private boolean reported;

  private long connectedAt;
  private long spanStart;
  private long least = NONE;
  private long leastBefore = NONE;

  /**
   * When a picture was taken.
   *
   * @param reported whether a sender report says so; otherwise it is from the arrival
   * @param stepped whether times before this one are not comparable with it
   */
  record Reading(Instant time, boolean reported, boolean stepped) {}

  /** The next picture comes by a new connection. */
  void reconnected() {
    connectionStarted = false;
    reported = false;
    least = NONE;
    leastBefore = NONE;
  }

  /**
   * Reads the clock for the next picture.
   *
   * @param mediaTime 1/90000 s
   * @param arrival in nanoseconds of a clock that never goes backwards
   * @param now the same on the wall
   * @param report when it was taken by the camera's reports; null where none can be believed
   * @param keyFrame whether time may step here
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
    long byArrival = Math.min(least, leastBefore) + onWall;
    Optional<Long> byReport =
        Optional.ofNullable(report)
            .map(time -> epochNanos(time) - media)
            .filter(candidate -> Math.abs(candidate - byArrival) <= BELIEVED);
    boolean stepped = false;
    if (!started) {
      started = true;
      offset = byArrival;
      highestMedia = media;
      highestTime = media + offset;
    }
    if (byReport.isPresent() && !reported && keyFrame) {
      reported = true;
      stepped = Math.abs(byReport.get() - offset) > MAX_SLEWED;
      offset = byReport.get();
    }
    reported &= byReport.isPresent();
    long target = reported ? byReport.get() : byArrival;
    boolean certain = reported || first || leastBefore != NONE;
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
      leastBefore = least;
      least = NONE;
      spanStart = arrival;
    }
    least = Math.min(least, delay);
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
    return Duration.between(Instant.EPOCH, time).toNanos();
  }

  private static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
  }
}
