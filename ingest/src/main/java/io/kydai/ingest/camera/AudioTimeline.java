package io.kydai.ingest.camera;

import io.kydai.ingest.media.MediaTime;
import org.jspecify.annotations.Nullable;

/**
 * Computes the media times of one connection's audio: those that the sender reports give it, and
 * where they give none, those that follow the RTP timestamps from the arrival time of the first
 * frame. When the two differ by more than a second, because the timestamps jumped or run at another
 * rate than the camera announced, the media time is set to the arrival time again; so it is when
 * reports say otherwise than the arrival by more than five.
 */
final class AudioTimeline {
  private static final long MAX_DIFFERENCE = MediaTime.TICKS_PER_SECOND;

  /** Cameras and networks that hold the sound back for longer are not known. */
  private static final long MAX_REPORTED_DIFFERENCE = 5L * MediaTime.TICKS_PER_SECOND;

  private final int clockRate;
  private boolean anchored;
  private long anchorTimestamp;
  private long anchorTime;
  private long last;

  /**
   * Creates a timeline for one connection.
   *
   * @param clockRate the rate of the RTP timestamps, in ticks per second, at least 1
   */
  AudioTimeline(int clockRate) {
    this.clockRate = clockRate;
  }

  /**
   * Returns the media time of a frame in 1/90000 s, which is never before that of the previous
   * frame.
   *
   * @param timestamp the frame's RTP timestamp, 32 bits, unsigned
   * @param arrival the arrival time since the camera was added, in 1/90000 s
   * @param reported the media time by the sender reports; null where they give none
   */
  long place(long timestamp, long arrival, @Nullable Long reported) {
    int delta = MediaTime.timestampDifference(timestamp, anchorTimestamp);
    long time = anchorTime + MediaTime.rescale(delta, clockRate, MediaTime.TICKS_PER_SECOND);
    if (reported != null && Math.abs(reported - arrival) <= MAX_REPORTED_DIFFERENCE) {
      time = reported;
    } else if (!anchored || Math.abs(time - arrival) > MAX_DIFFERENCE) {
      time = Math.max(arrival, last);
    }
    time = Math.max(time, last);
    // Moving the anchor with each frame keeps the difference small when timestamps wrap.
    anchored = true;
    anchorTimestamp = timestamp;
    anchorTime = time;
    last = time;
    return time;
  }
}
