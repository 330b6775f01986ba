package io.kydai.ingest.clock;

import io.kydai.ingest.media.MediaTime;

/**
 * Converts a camera's RTP timestamps to media time, which continues over all its connections.
 *
 * <p>Within a connection media time follows the unwrapped RTP timestamps exactly, also backwards
 * where B-pictures are reordered. It advances by the arrival clock instead
 *
 * <ul>
 *   <li>from one connection to the next;
 *   <li>at a jump of the timestamps: more than 2 s backwards; backwards for more than 16 pictures;
 *       or forwards by 5 s more than the time that passed, both since the previous picture and
 *       since the connection began, so that a backlog after a network stall is not a jump;
 *   <li>while the timestamp does not change, or decreases in a stream without B-pictures;
 *   <li>for the rest of a connection whose timestamps jump at one picture in ten or more.
 * </ul>
 *
 * <p>When the camera's clock is measured to deviate by more than 500 millionths from its declared
 * rate, the measured rate is used ({@link ClockRateEstimator}).
 */
final class MediaTimeline {
  private static final long MAX_REORDERING = 2L * MediaTime.TICKS_PER_SECOND;
  private static final long MAX_LEAD = 5L * MediaTime.TICKS_PER_SECOND;

  /** The largest reorder depth of ITU-T H.264 and H.265. */
  private static final int MAX_BEHIND = 16;

  /** The amount that a jump adds to {@link #doubt}; each timestamp that fits subtracts 1. */
  private static final int JUMP_DOUBT = 10;

  /** The doubt from which the timestamps of a connection are no longer used. */
  private static final int MAX_DOUBT = 50;

  private static final double MIN_CORRECTION = 1.0 / 1000;
  private static final double MAX_CORRECTION = 10_000;

  private final ClockRateEstimator wrongRate = ClockRateEstimator.forWrongRates();
  private final ClockRateEstimator drift = ClockRateEstimator.forDrift();

  /** The highest media time returned so far. */
  private long highest;

  /** The arrival time in nanoseconds at which media time is 0. */
  private final long start;

  /** The arrival of the previous picture, in ticks since {@link #start}. */
  private long lastArrival;

  /** The length of a tick of the camera in units of 1/90000 s, by the declared clock rate. */
  private double declared = 1;

  /** The factor by which a tick's measured length exceeds the declared one. */
  private double correction = 1;

  private boolean anchored;
  private long anchorTime;
  private long anchorArrival;
  private long anchorTicks;

  /** The newest timestamp, unwrapped. */
  private long ticks;

  /** The media time of {@link #ticks}. */
  private long mapped;

  private boolean stalled;
  private int behind;
  private int doubt;

  /**
   * The position of a picture on the time line.
   *
   * @param mediaTime the media time in 1/90000 s
   * @param jumped whether the camera's timestamps jumped at this picture
   * @param followed whether the media time comes from the camera's timestamp
   */
  record Position(long mediaTime, boolean jumped, boolean followed) {}

  /**
   * Creates a time line.
   *
   * @param start the time of the arrival clock at which media time is 0, in nanoseconds
   */
  MediaTimeline(long start) {
    this.start = start;
  }

  /**
   * Begins a new connection, to which the next timestamp belongs.
   *
   * @param clockRate the RTP clock rate of its session description, in ticks per second
   */
  void reconnected(int clockRate) {
    double rate = (double) MediaTime.TICKS_PER_SECOND / clockRate;
    if (rate != declared) {
      declared = rate;
      correction = 1;
    }
    anchored = false;
    doubt = 0;
  }

  /**
   * Returns the position of the next picture in decoding order.
   *
   * @param timestamp the RTP timestamp, an unsigned 32-bit number
   * @param arrival the arrival time in nanoseconds of a monotonic clock
   * @param reorders whether decoding order and presentation order may differ
   */
  Position place(long timestamp, long arrival, boolean reorders) {
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
      doubt += JUMP_DOUBT;
      jumped = doubt < MAX_DOUBT;
    } else if (delta == 0) {
      time = highest + elapsed;
      stalled = true;
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
    return new Position(time, jumped, !stalled && doubt < MAX_DOUBT);
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
    if (stalled && time <= highest) {
      // Media time advanced while the timestamp did not change: a new anchor is needed.
      time = highest + 1;
      anchorTime = time;
      anchorTicks = ticks;
      anchorArrival = now;
    }
    stalled = false;
    mapped = time;
    correctRate(time, now, arrival);
    return time;
  }

  private void correctRate(long time, long now, long arrival) {
    double factor = wrongRate.add(time, arrival).orElse(drift.add(time, arrival).orElse(1));
    double corrected = correction * factor;
    if (factor != 1 && corrected >= MIN_CORRECTION && corrected <= MAX_CORRECTION) {
      correction = corrected;
      anchor(ticks, time, now);
    }
  }

  /** Returns the length of a tick of the camera in units of 1/90000 s, corrected by measurement. */
  double rate() {
    return declared * correction;
  }

  private void anchor(long timestamp, long time, long now) {
    anchored = true;
    anchorTime = time;
    anchorArrival = now;
    anchorTicks = timestamp;
    ticks = timestamp;
    mapped = time;
    stalled = false;
    behind = 0;
    wrongRate.restart();
    drift.restart();
  }
}
