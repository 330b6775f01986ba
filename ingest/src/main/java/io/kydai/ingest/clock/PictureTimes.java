package io.kydai.ingest.clock;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes the media time, decode time and wall-clock time of each picture of a camera over all its
 * connections. {@code docs/time.md} describes the method and its constants.
 */
public final class PictureTimes {
  private final Clock clock;
  private final LongSupplier arrivalClock;
  private final MediaTimeline timeline;
  private final DecodeTimes decodeTimes = new DecodeTimes();
  private final WallClock wallClock = new WallClock();

  /**
   * The times of a picture.
   *
   * @param mediaTime the presentation time in 1/90000 s
   * @param decodeTime the decode time on the same scale, never later than {@code mediaTime}
   * @param wallClock the time at which the picture was taken
   * @param reported whether {@code wallClock} comes from the camera's sender reports
   * @param jumped whether the times do not continue those of the previous picture
   */
  public record Times(
      long mediaTime, long decodeTime, Instant wallClock, boolean reported, boolean jumped) {}

  /**
   * Creates the clocks of a camera, whose media time is 0 now.
   *
   * @param clock the wall clock of this machine
   * @param arrivalClock a monotonic clock in nanoseconds
   */
  public PictureTimes(Clock clock, LongSupplier arrivalClock) {
    this.clock = clock;
    this.arrivalClock = arrivalClock;
    timeline = new MediaTimeline(arrivalClock.getAsLong());
  }

  /**
   * Begins a new connection, to which the next picture belongs.
   *
   * @param clockRate the RTP clock rate of its session description, in ticks per second
   */
  public void reconnected(int clockRate) {
    timeline.reconnected(clockRate);
    wallClock.reconnected();
  }

  /**
   * Returns the times of a picture that has just arrived.
   *
   * @param timestamp the RTP timestamp, an unsigned 32-bit number
   * @param keyFrame whether decoding can start at the picture
   * @param newSequence whether the picture begins a new coded video sequence
   * @param reorderDepth the reorder depth of the parameter sets; null where they give none
   * @param report the time at which the picture was taken by the camera's sender reports; null
   *     where none is trusted
   */
  public Times of(
      long timestamp,
      boolean keyFrame,
      boolean newSequence,
      @Nullable Integer reorderDepth,
      @Nullable Instant report) {
    long arrival = arrivalClock.getAsLong();
    // Observed reordering takes precedence over the depth that the parameter sets give.
    boolean reorders = reorderDepth == null || reorderDepth > 0 || decodeTimes.reorders();
    MediaTimeline.Position position = timeline.place(timestamp, arrival, reorders);
    if (position.jumped()) {
      decodeTimes.forget();
    }
    long decodeTime =
        decodeTimes.next(
            position.mediaTime(),
            reorderDepth == null ? 0 : reorderDepth,
            newSequence || position.jumped());
    long mediaTime = Math.max(position.mediaTime(), decodeTime);
    WallClock.Reading reading =
        wallClock.read(
            mediaTime, arrival, clock.instant(), position.followed() ? report : null, keyFrame);
    return new Times(
        mediaTime,
        decodeTime,
        reading.time(),
        reading.reported(),
        position.jumped() || reading.stepped());
  }
}
