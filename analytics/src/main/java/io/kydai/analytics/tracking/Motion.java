package io.kydai.analytics.tracking;

/**
 * A Kalman filter of a box that moves with constant velocity, in pixels and seconds.
 *
 * <p>The state is centre x, centre y, width, height and the velocity of each. With ByteTrack's and
 * SORT's noise, which couples no two of the four, the 8×8 filter falls apart exactly into four of
 * 2×2, which need no matrices. Process noise is white acceleration integrated over the real Δt, so
 * 3 and 30 frames per second, and gaps, need no other constants. All deviations are in proportion
 * to the box's height.
 */
final class Motion {
  private static final double MEASURED = 0.05; // heights: how far a detection is off
  private static final double MEASURED_SIZE = 0.12;
  private static final double ACCELERATION = 0.6; // heights per s^1.5
  private static final double ACCELERATION_SIZE = 0.25;
  private static final double START_SPEED = 2.0; // heights per second: unknown at birth

  private final double[] at = new double[4];
  private final double[] speed = new double[4];
  private final double[] varAt = new double[4];
  private final double[] covariance = new double[4];
  private final double[] varSpeed = new double[4];

  Motion(double cx, double cy, double width, double height) {
    at[0] = cx;
    at[1] = cy;
    at[2] = width;
    at[3] = height;
    for (int i = 0; i < 4; i++) {
      varAt[i] = square((i < 2 ? MEASURED : MEASURED_SIZE) * height * 2);
      varSpeed[i] = square((i < 2 ? START_SPEED : START_SPEED / 4) * height);
    }
  }

  void predict(double seconds) {
    double height = Math.max(1, at[3]);
    double t = seconds;
    for (int i = 0; i < 4; i++) {
      double q = square((i < 2 ? ACCELERATION : ACCELERATION_SIZE) * height);
      varAt[i] += 2 * t * covariance[i] + t * t * varSpeed[i] + q * t * t * t / 3;
      covariance[i] += t * varSpeed[i] + q * t * t / 2;
      varSpeed[i] += q * t;
      double moved = at[i] + t * speed[i];
      // A size extrapolated over a gap must neither vanish nor fill the picture.
      at[i] = i < 2 ? moved : Math.max(at[i] * 0.7, Math.min(at[i] * 1.4, moved));
    }
  }

  void correct(double cx, double cy, double width, double height) {
    correct(0, cx, MEASURED * height);
    correct(1, cy, MEASURED * height);
    correct(2, width, MEASURED_SIZE * height);
    correct(3, height, MEASURED_SIZE * height);
  }

  private void correct(int i, double measured, double deviation) {
    double total = varAt[i] + square(deviation);
    double gain = varAt[i] / total;
    double gainSpeed = covariance[i] / total;
    double error = measured - at[i];
    at[i] += gain * error;
    speed[i] += gainSpeed * error;
    varSpeed[i] -= gainSpeed * covariance[i];
    covariance[i] *= 1 - gain;
    varAt[i] *= 1 - gain;
  }

  /** An object that is hidden is likelier to stand than to speed on: its speed dies away. */
  void coast(double seconds) {
    double kept = Math.exp(-seconds);
    for (int i = 0; i < 4; i++) {
      speed[i] *= i < 2 ? kept : 0;
    }
  }

  double left() {
    return at[0] - at[2] / 2;
  }

  double top() {
    return at[1] - at[3] / 2;
  }

  double width() {
    return at[2];
  }

  double height() {
    return at[3];
  }

  private static double square(double value) {
    return value * value;
  }
}
