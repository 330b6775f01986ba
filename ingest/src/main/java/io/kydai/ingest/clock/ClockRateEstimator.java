package io.kydai.ingest.clock;

import io.kydai.ingest.media.MediaTime;
import java.util.OptionalDouble;

/**
 * Detects that a camera's clock runs at another rate than this machine's clock.
 *
 * <p>The network can only delay pictures, so that the least delayed picture of each span of arrival
 * time is the best sample. Four samples give an overall rate and three rates between neighbours. A
 * deviation is reported when the overall rate deviates by more than a threshold and each of the
 * three differs from it by at most a quarter of its deviation. A backlog after a stall, or older
 * pictures that the camera sends at once after PLAY, distort one or two of the three, but not all
 * three alike.
 *
 * <p>At most four samples are kept; the oldest is dropped.
 */
final class ClockRateEstimator {
  private static final double TICKS_PER_NANO = MediaTime.ticksPerNano();
  private static final int SAMPLES = 4;
  private static final double AGREEMENT = 0.25;

  private final long span;
  private final double threshold;
  private final double[] times = new double[SAMPLES];
  private final double[] arrivals = new double[SAMPLES];
  private int samples;

  private boolean started;
  private long origin;
  private long spanStart;
  private double bestTime;
  private double bestArrival;
  private boolean hasBest;

  private ClockRateEstimator(long spanSeconds, double threshold) {
    span = spanSeconds * 1_000_000_000L;
    this.threshold = threshold;
  }

  /**
   * Returns an estimator for clocks whose rate is not the declared one: it detects deviations above
   * 5% after 16 s.
   */
  static ClockRateEstimator forWrongRates() {
    return new ClockRateEstimator(4, 0.05);
  }

  /**
   * Returns an estimator for clocks that drift: it detects deviations above 500 millionths after 4
   * min.
   */
  static ClockRateEstimator forDrift() {
    return new ClockRateEstimator(60, 500e-6);
  }

  /** Discards all samples, because later timestamps do not continue the earlier ones. */
  void restart() {
    started = false;
    hasBest = false;
    samples = 0;
  }

  /**
   * Adds the times of a picture.
   *
   * @param mediaTime the media time by the camera's clock, in 1/90000 s
   * @param arrival the arrival time in nanoseconds of a monotonic clock
   * @return the factor by which spans of the camera's time must be multiplied; empty unless a
   *     deviation is detected
   */
  OptionalDouble add(long mediaTime, long arrival) {
    if (!started) {
      started = true;
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
    if (samples == SAMPLES) {
      System.arraycopy(times, 1, times, 0, SAMPLES - 1);
      System.arraycopy(arrivals, 1, arrivals, 0, SAMPLES - 1);
      samples--;
    }
    times[samples] = bestTime;
    arrivals[samples++] = bestArrival;
    return samples == SAMPLES ? estimate() : OptionalDouble.empty();
  }

  private OptionalDouble estimate() {
    double rate = rate(0, SAMPLES - 1);
    double off = Math.abs(rate - 1);
    if (rate <= 0 || off <= threshold) {
      return OptionalDouble.empty();
    }
    for (int i = 1; i < SAMPLES; i++) {
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
