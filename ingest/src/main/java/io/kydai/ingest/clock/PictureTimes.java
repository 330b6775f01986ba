package io.kydai.ingest.clock;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A camera's clocks, over all its connections: gives every picture its media time, decode time and
 * wall-clock time. {@code docs/time.md} gives the policy and its numbers.
 */
public final class PictureTimes {
  private final Clock clock;
  private final LongSupplier arrivalClock;
  private final MediaTimeline timeline;
  private final DecodeTimes decodeTimes = new DecodeTimes();
  private final WallClock wallClock = new WallClock();

  /**
   * A picture's times.
   *
   * @param mediaTime when it is shown, 1/90000 s
   * @param decodeTime when it is decoded, on the same scale; never after {@code mediaTime}
   * @param wallClock when it was taken
   * @param reported whether that is by the camera's sender reports
   * @param jumped whether the times before have nothing to do with these
   */
  public record Times(
      long mediaTime, long decodeTime, Instant wallClock, boolean reported, boolean jumped) {}

  /**
   * @param arrivalClock in nanoseconds, never backwards; media time is 0 now
   */
  public PictureTimes(Clock clock, LongSupplier arrivalClock) {
    this.clock = clock;
    this.arrivalClock = arrivalClock;
    timeline = new MediaTimeline(arrivalClock.getAsLong());
  }

  /**
   * The next picture comes by a new connection.
   *
   * @param clockRate of its timestamps, as the description gives it, in ticks per second
   */
  public void reconnected(int clockRate) {
    timeline.reconnected(clockRate);
    wallClock.reconnected();
  }

  /**
   * The times of a picture that has just arrived.
   *
   * @param timestamp RTP timestamp, 32 bits, unsigned
   * @param keyFrame whether it is one that can be decoded
   * @param afresh whether it begins a coded sequence of its own
   * @param reorderDepth how many pictures may overtake it; null where the camera does not say
   * @param report when it was taken, by the camera's sender reports; null where none can be
   *     believed
   */
  public Times of(
      long timestamp,
      boolean keyFrame,
      boolean afresh,
      @Nullable Integer reorderDepth,
      @Nullable Instant report) {
    long arrival = arrivalClock.getAsLong();
    // What is known of the stream may be wrong, what was seen is not.
    boolean reorders = reorderDepth == null || reorderDepth > 0 || decodeTimes.reorders();
    MediaTimeline.Moment moment = timeline.place(timestamp, arrival, reorders);
    if (moment.jumped()) {
      decodeTimes.forget();
    }
    long decodeTime =
        decodeTimes.next(
            moment.mediaTime(), reorderDepth == null ? 0 : reorderDepth, afresh || moment.jumped());
    long mediaTime = Math.max(moment.mediaTime(), decodeTime);
    WallClock.Reading reading =
        wallClock.read(
            mediaTime, arrival, clock.instant(), moment.followed() ? report : null, keyFrame);
    return new Times(
        mediaTime,
        decodeTime,
        reading.time(),
        reading.reported(),
        moment.jumped() || reading.stepped());
  }
}
