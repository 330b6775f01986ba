package io.kydai.ingest.clock;

import io.kydai.ingest.media.MediaTime;
import java.util.OptionalDouble;

/**
 * Finds out that a camera's clock runs at another rate than ours.
 *
 * <p>Networks delay pictures, never the opposite: of each span of arrival time the least delayed
 * picture is taken. Four of these make three rates; they count when each is off by more than the
 * threshold and all agree to a quarter of that. A backlog behind a stall, or pictures from before
 * PLAY sent at once, upset one or two of the three, but not three in the same way.
 *
 * <p>Bounded: four points.
 */
final class ClockRateEstimator {
  private static final double TICKS_PER_NANO = MediaTime.ticksPerNano();
  private static final int POINTS = 4;
  private static final double AGREEMENT = 0.25;

  private final long span;
  private final double threshold;
  private final double[] times = new double[POINTS];
  private final double[] arrivals = new double[POINTS];
  private int points;

  private boolean began;
  private long origin;
  private long spanStart;
  private double bestTime;
  private double bestArrival;
  private boolean hasBest;

  private ClockRateEstimator(long spanSeconds, double threshold) {
    span = spanSeconds * 1_000_000_000L;
    this.threshold = threshold;
  }

  /** Of clocks that count something else than they say: known after 16 s. */
  static ClockRateEstimator ofWrongRates() {
    return new ClockRateEstimator(4, 0.05);
  }

  /** Of clocks that are merely bad: known after 4 min. */
  static ClockRateEstimator ofDrift() {
    return new ClockRateEstimator(60, 500e-6);
  }

  /** What comes has nothing to do with what came. */
  void restart() {
    began = false;
    hasBest = false;
    points = 0;
  }

  /**
   * Takes a picture.
   *
   * @param mediaTime 1/90000 s by the camera's clock
   * @param arrival in nanoseconds
   * @return by what a span of the camera's time is to be multiplied, once it is known to be wrong
   */
  OptionalDouble add(long mediaTime, long arrival) {
    if (!began) {
      began = true;
      origin = arrival;
      spanStart = arrival;
    }
    OptionalDouble found = OptionalDouble.empty();
    if (arrival - spanStart >= span) {
      found = endSpan();
      spanStart = arrival;
      hasBest = false;
    }
    double here = (arrival - origin) * TICKS_PER_NANO;
    if (!hasBest || here - mediaTime < bestArrival - bestTime) {
      hasBest = true;
      bestTime = mediaTime;
      bestArrival = here;
    }
    return found;
  }

  private OptionalDouble endSpan() {
    if (points == POINTS) {
      System.arraycopy(times, 1, times, 0, POINTS - 1);
      System.arraycopy(arrivals, 1, arrivals, 0, POINTS - 1);
      points--;
    }
    times[points] = bestTime;
    arrivals[points++] = bestArrival;
    return points == POINTS ? judged() : OptionalDouble.empty();
  }

  private OptionalDouble judged() {
    double rate = rate(0, POINTS - 1);
    double off = Math.abs(rate - 1);
    if (rate <= 0 || off <= threshold) {
      return OptionalDouble.empty();
    }
    for (int i = 1; i < POINTS; i++) {
      double one = rate(i - 1, i);
      if (!(Math.abs(one - rate) <= AGREEMENT * off)) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(1 / rate);
  }

  private double rate(int from, int to) {
    return (times[to] - times[from]) / (arrivals[to] - arrivals[from]);
  }
}
