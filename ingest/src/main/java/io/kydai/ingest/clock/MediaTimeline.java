package io.kydai.ingest.clock;

import io.kydai.ingest.media.MediaTime;

/**
 * A camera's media time over all its connections: RTP timestamps, unwrapped and strung together.
 *
 * <p>Within a connection it follows the RTP timestamps tick by tick, backwards too where B-pictures
 * are reordered. By the arrival clock it goes
 *
 * <ul>
 *   <li>from one connection to the next;
 *   <li>over a jump: more than 2 s backwards, or for more than 16 pictures; or forwards by 5 s more
 *       than has really passed, both since the picture before and since the connection began, so
 *       that a backlog behind a stalled network is no jump;
 *   <li>while the timestamp stands still, or steps back in a stream that has no B-pictures;
 *   <li>for the rest of a connection whose timestamps jump at one picture in ten or more.
 * </ul>
 *
 * <p>Where the camera's ticks are found to last longer or shorter than it says, by more than 500
 * millionths, each counts for as long as it really lasts ({@link ClockRateEstimator}).
 */
final class MediaTimeline {
  private static final long MAX_REORDERING = 2L * MediaTime.TICKS_PER_SECOND;
  private static final long MAX_LEAD = 5L * MediaTime.TICKS_PER_SECOND;

  /** No picture of H.264 or H.265 is overtaken by more. */
  private static final int MAX_BEHIND = 16;

  /** What a jump adds to the doubts about a connection's timestamps, each good one taking 1 off. */
  private static final int DOUBT_OF_JUMP = 10;

  private static final int MAX_DOUBT = 50;

  private static final double FASTEST = 1.0 / 1000;
  private static final double SLOWEST = 10_000;

  private final ClockRateEstimator wrongRate = ClockRateEstimator.ofWrongRates();
  private final ClockRateEstimator drift = ClockRateEstimator.ofDrift();

  /** Media time up to now, the highest given out. */
  private long highest;

  /** When media time was 0, by the arrival clock, and how much of it has passed since, in ticks. */
  private final long start;

  private long lastArrival;

  /** How many 1/90000 s a tick of the camera lasts: what it says, and what was found. */
  private double declared = 1;

  private double found = 1;

  private boolean anchored;
  private long anchorTime;
  private long anchorArrival;
  private long anchorTicks;

  /** The newest timestamp, unwrapped, and the media time it stands for. */
  private long ticks;

  private long mapped;
  private boolean standing;
  private int behind;
  private int doubt;

  /**
   * A picture's place in time.
   *
   * @param mediaTime in 1/90000 s
   * @param jumped whether the camera's timestamps jumped here
   * @param followed whether it is by the camera's timestamp at all
   */
  record Moment(long mediaTime, boolean jumped, boolean followed) {}

  /**
   * @param start when media time is 0, in nanoseconds of the arrival clock
   */
  MediaTimeline(long start) {
    this.start = start;
  }

  /**
   * The next timestamp belongs to a new connection.
   *
   * @param clockRate that its description gives, in ticks per second
   */
  void reconnected(int clockRate) {
    double rate = (double) MediaTime.TICKS_PER_SECOND / clockRate;
    if (rate != declared) {
      declared = rate;
      found = 1;
    }
    anchored = false;
    doubt = 0;
  }

  /**
   * Places the next picture.
   *
   * @param timestamp RTP timestamp, 32 bits, unsigned
   * @param arrival in nanoseconds of a clock that never goes backwards
   * @param reorders whether pictures may come in another order than they are shown in
   */
  Moment place(long timestamp, long arrival, boolean reorders) {
    long now = MediaTime.ticksOfNanos(arrival - start);
    long elapsed = Math.max(1, now - lastArrival);
    long delta = MediaTime.timestampDifference(timestamp, ticks);
    long time;
    boolean jumped = false;
    if (doubt >= MAX_DOUBT) {
      time = highest + elapsed;
    } else if (!anchored) {
      time = highest + elapsed;
      anchor(timestamp, time, now);
    } else if (jumps(Math.round(delta * rate()), elapsed, now)) {
      time = highest + elapsed;
      anchor(timestamp, time, now);
      doubt += DOUBT_OF_JUMP;
      jumped = doubt < MAX_DOUBT;
    } else if (delta == 0) {
      time = highest + elapsed;
      standing = true;
    } else if (delta < 0 && !reorders) {
      time = highest + elapsed;
      anchor(timestamp, time, now);
    } else {
      time = follow(delta, now, arrival);
      doubt = Math.max(0, doubt - 1);
    }
    behind = time > highest ? 0 : behind + 1;
    highest = Math.max(highest, time);
    lastArrival = now;
    return new Moment(time, jumped, !standing && doubt < MAX_DOUBT);
  }

  private boolean jumps(long delta, long elapsed, long now) {
    long lead = mapped + delta - anchorTime - (now - anchorArrival);
    return delta < -MAX_REORDERING
        || delta < MAX_REORDERING && behind >= MAX_BEHIND && mapped + delta <= highest
        || delta - elapsed > MAX_LEAD && lead > MAX_LEAD;
  }

  private long follow(long delta, long now, long arrival) {
    ticks += delta;
    long time = anchorTime + Math.round((ticks - anchorTicks) * rate());
    if (standing && time <= highest) {
      // Time went on without the timestamps; from here on they count anew.
      time = highest + 1;
      anchorTime = time;
      anchorTicks = ticks;
      anchorArrival = now;
    }
    standing = false;
    mapped = time;
    gauge(time, now, arrival);
    return time;
  }

  private void gauge(long time, long now, long arrival) {
    double factor = wrongRate.add(time, arrival).orElse(drift.add(time, arrival).orElse(1));
    double corrected = found * factor;
    if (factor != 1 && corrected >= FASTEST && corrected <= SLOWEST) {
      found = corrected;
      anchor(ticks, time, now);
    }
  }

  /** How many 1/90000 s a tick counts for. */
  double rate() {
    return declared * found;
  }

  private void anchor(long timestamp, long time, long now) {
    anchored = true;
    anchorTime = time;
    anchorArrival = now;
    anchorTicks = timestamp;
    ticks = timestamp;
    mapped = time;
    standing = false;
    behind = 0;
    wrongRate.restart();
    drift.restart();
  }
}
