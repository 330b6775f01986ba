package io.kydai.ingest.camera;

import io.kydai.ingest.media.MediaTime;

/**
 * Media times of one connection's sound: RTP timestamps from where the arrival clock puts the first
 * one. Where the two are more than a second apart, because the camera's timestamps jumped or run at
 * another rate than it says, the arrival clock counts again.
 */
final class AudioTimeline {
  private static final long MOST_APART = MediaTime.TICKS_PER_SECOND;

  private final int clockRate;
  private boolean anchored;
  private long anchorTimestamp;
  private long anchorTime;
  private long last;

  /**
   * @param clockRate ticks of RTP timestamps per second, at least 1
   */
  AudioTimeline(int clockRate) {
    this.clockRate = clockRate;
  }

  /**
   * Places a frame; never before the one placed last.
   *
   * @param timestamp RTP timestamp, 32 bits, unsigned
   * @param arrival on the camera's arrival clock since it was added, in 1/90000 s
   */
  long place(long timestamp, long arrival) {
    int delta = MediaTime.timestampDifference(timestamp, anchorTimestamp);
    long time = anchorTime + MediaTime.rescale(delta, clockRate, MediaTime.TICKS_PER_SECOND);
    if (!anchored || Math.abs(time - arrival) > MOST_APART) {
      time = Math.max(arrival, last);
    }
    time = Math.max(time, last);
    // Anchoring anew each time keeps the difference small when timestamps wrap.
    anchored = true;
    anchorTimestamp = timestamp;
    anchorTime = time;
    last = time;
    return time;
  }
}
