package io.kydai.ingest.rtp;

/**
 * A camera's media time over all its connections: RTP timestamps, unwrapped and strung together.
 *
 * <p>Within a connection it follows the RTP timestamps tick by tick, backwards too where B-pictures
 * are reordered. By the arrival clock it goes
 *
 * <ul>
 *   <li>from one connection to the next;
 *   <li>over a jump: more than 2 s backwards, or forwards by 5 s more than has really passed, both
 *       since the picture before and since the connection began, so that a backlog behind a stalled
 *       network is no jump;
 *   <li>while the timestamp stands still.
 * </ul>
 */
public final class MediaTimeline {
  private static final long TICKS_PER_SECOND = 90_000;
  private static final long MAX_REORDERING = 2 * TICKS_PER_SECOND;
  private static final long MAX_LEAD = 5 * TICKS_PER_SECOND;

  /** Media time up to now, the highest given out. */
  private long highest;

  private long lastArrival;
  private boolean anchored;
  private long anchorTime;
  private long anchorArrival;

  /** The newest timestamp and the media time it stands for. */
  private long lastTimestamp;

  private long mapped;
  private boolean standing;

  /**
   * A picture's place in time.
   *
   * @param mediaTime in 1/90000 s
   * @param jumped whether the camera's timestamps jumped here
   */
  public record Moment(long mediaTime, boolean jumped) {}

  /**
   * @param start when media time is 0, in nanoseconds of the arrival clock
   */
  public MediaTimeline(long start) {
    lastArrival = start;
  }

  /** The next timestamp belongs to a new connection. */
  public void reconnected() {
    anchored = false;
  }

  /**
   * Places the next picture.
   *
   * @param timestamp RTP timestamp, 32 bits, unsigned
   * @param arrival in nanoseconds of a clock that never goes backwards
   */
  public Moment place(long timestamp, long arrival) {
    long elapsed = Math.max(1, ticks(arrival - lastArrival));
    long delta = (int) (timestamp - lastTimestamp);
    boolean jumped = anchored && jumps(delta, elapsed, arrival);
    long time;
    if (!anchored || jumped) {
      time = highest + elapsed;
      anchor(timestamp, time, arrival);
    } else if (delta == 0) {
      time = highest + elapsed;
      standing = true;
    } else {
      time = mapped + delta;
      if (standing && time <= highest) {
        time = highest + 1;
      }
      standing = false;
      mapped = time;
      lastTimestamp = timestamp;
    }
    highest = Math.max(highest, time);
    lastArrival = arrival;
    return new Moment(time, jumped);
  }

  private boolean jumps(long delta, long elapsed, long arrival) {
    long lead = mapped + delta - anchorTime - ticks(arrival - anchorArrival);
    return delta < -MAX_REORDERING || delta - elapsed > MAX_LEAD && lead > MAX_LEAD;
  }

  private void anchor(long timestamp, long time, long arrival) {
    anchored = true;
    anchorTime = time;
    anchorArrival = arrival;
    lastTimestamp = timestamp;
    mapped = time;
    standing = false;
  }

  private static long ticks(long nanos) {
    return nanos / 1000 * 9 / 100;
  }
}
