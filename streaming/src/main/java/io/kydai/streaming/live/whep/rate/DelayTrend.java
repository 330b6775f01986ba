package io.kydai.streaming.live.whep.rate;

/**
 * Whether the way's queue grows: the filter of the one-way delay's growth and the detector with its
 * adaptive threshold (draft-ietf-rmcat-gcc-02, sections 5.2 to 5.4). Packets that were sent within
 * {@value #GROUP_NANOS} ns count as one. One thread at a time.
 */
final class DelayTrend {
  /** What the delay does. */
  enum Signal {
    NORMAL,
    /** The queue drains. */
    UNDERUSE,
    /** The queue grows. */
    OVERUSE
  }

  private static final long GROUP_NANOS = 5_000_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MICROS_PER_MILLI = 1e3;

  /** Milliseconds. */
  private static final double MOST_GROWTH = 3_000;

  private static final double STATE_NOISE = 1e-3;
  private static final double NOISE_KEPT = 0.95;
  private static final double LEAST_THRESHOLD = 6;
  private static final double MOST_THRESHOLD = 600;
  private static final double RISE = 0.01;
  private static final double FALL = 0.000_18;
  private static final double OUTLIER = 15;
  private static final double MOST_STEP = 100;
  private static final double OVERUSE_MILLIS = 10;

  private boolean begun;
  private long groupBegan;
  private long groupSent;
  private long groupArrived;
  private boolean hasBefore;
  private long beforeSent;
  private long beforeArrived;

  private double growth;
  private double error = 0.1;
  private double noise = 1;
  private double threshold = 12.5;
  private double overused;
  private Signal signal = Signal.NORMAL;

  Signal signal() {
    return signal;
  }

  /**
   * Takes a packet that has arrived, in the order of sending.
   *
   * @param sent in nanoseconds
   * @param arrived in microseconds, on another clock
   */
  void arrived(long sent, long arrived) {
    if (begun && sent - groupBegan <= GROUP_NANOS) {
      groupSent = Math.max(groupSent, sent);
      groupArrived = Math.max(groupArrived, arrived);
      return;
    }
    if (begun && hasBefore) {
      double between = (groupSent - beforeSent) / NANOS_PER_MILLI;
      grown((groupArrived - beforeArrived) / MICROS_PER_MILLI - between, between);
    }
    hasBefore = begun;
    beforeSent = groupSent;
    beforeArrived = groupArrived;
    begun = true;
    groupBegan = sent;
    groupSent = sent;
    groupArrived = arrived;
  }

  /**
   * @param more by how much the delay has grown since the group before, in milliseconds
   * @param between since then, in milliseconds
   */
  private void grown(double more, double between) {
    if (Math.abs(more) > MOST_GROWTH) {
      return; // The receiver's clock has begun anew, or nothing was sent for long.
    }
    double before = growth;
    double surprise = more - growth;
    // What is far off counts as three deviations (section 5.3).
    double most = 3 * Math.sqrt(noise);
    double bounded = Math.max(-most, Math.min(most, surprise));
    noise = Math.max(1, NOISE_KEPT * noise + (1 - NOISE_KEPT) * bounded * bounded);
    double gain = (error + STATE_NOISE) / (noise + error + STATE_NOISE);
    growth += gain * surprise;
    error = (1 - gain) * (error + STATE_NOISE);
    if (growth > threshold) {
      overused += between;
      signal = overused >= OVERUSE_MILLIS && growth >= before ? Signal.OVERUSE : Signal.NORMAL;
    } else {
      overused = 0;
      signal = growth < -threshold ? Signal.UNDERUSE : Signal.NORMAL;
    }
    adapt(between);
  }

  private void adapt(double between) {
    double beyond = Math.abs(growth) - threshold;
    if (beyond <= OUTLIER) {
      double step = Math.min(between, MOST_STEP) * (beyond > 0 ? RISE : FALL);
      threshold = Math.max(LEAST_THRESHOLD, Math.min(MOST_THRESHOLD, threshold + step * beyond));
    }
  }
}
