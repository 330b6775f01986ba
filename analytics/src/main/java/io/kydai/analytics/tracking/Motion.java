package io.kydai.analytics.tracking;

/**
 * A Kalman filter of a box that moves with constant velocity, in pixels and seconds.
 *
 * <p>The state is centre x, centre y, width, height and the velocity of each. With ByteTrack's and
 * SORT's noise, which couples no two of the four, the 8×8 filter falls apart exactly into four of
 * 2×2, which need no matrices. Process noise is white acceleration integrated over the real Δt, so
 * 3 and 30 frames per second, and gaps, need no other constants. All deviations are in proportion
 * to the box's height.
 *
 * <p>The observation comes before the prediction (OC-SORT; Cao et al., CVPR 2023): the state of the
 * last observation is kept beside the predicted one, and after a gap the filter is run again from
 * there along the straight line to where the object was found, so that what it made up meanwhile
 * leaves no trace.
 */
final class Motion {
  private static final double MEASURED = 0.05; // heights: how far a detection is off
  private static final double MEASURED_SIZE = 0.08;
  private static final double ACCELERATION = 0.4; // heights per s^1.5
  private static final double ACCELERATION_SIZE = 0.25;
  private static final double START_SPEED = 2.0; // heights per second: unknown at birth
  private static final int MOST_STEPS = 8; // along the line that bridges a gap

  // at, speed, variance of at, covariance, variance of speed: four of each
  private static final int SPEED = 4;
  private static final int VARIANCE = 8;
  private static final int COVARIANCE = 12;
  private static final int SPEED_VARIANCE = 16;

  private final double[] now = new double[20];
  private final double[] observed = new double[20];
  // Where the detections were, this one and those before: centre x, centre y.
  private final double[] path = new double[2 * PATH];
  private int pathLength;
  private static final int PATH = 4;

  void begin(double cx, double cy, double width, double height) {
    now[0] = cx;
    now[1] = cy;
    now[2] = width;
    now[3] = height;
    for (int i = 0; i < 4; i++) {
      now[SPEED + i] = 0;
      now[VARIANCE + i] = square((i < 2 ? MEASURED : MEASURED_SIZE) * height * 2);
      now[COVARIANCE + i] = 0;
      now[SPEED_VARIANCE + i] = square((i < 2 ? START_SPEED : START_SPEED / 4) * height);
    }
    pathLength = 0;
    observedNow(cx, cy);
  }

  void predict(double seconds) {
    double height = Math.max(1, now[3]);
    double t = seconds;
    for (int i = 0; i < 4; i++) {
      double q = square((i < 2 ? ACCELERATION : ACCELERATION_SIZE) * height);
      now[VARIANCE + i] +=
          2 * t * now[COVARIANCE + i] + t * t * now[SPEED_VARIANCE + i] + q * t * t * t / 3;
      now[COVARIANCE + i] += t * now[SPEED_VARIANCE + i] + q * t * t / 2;
      now[SPEED_VARIANCE + i] += q * t;
      double moved = now[i] + t * now[SPEED + i];
      // A size extrapolated over a gap must neither vanish nor fill the picture.
      now[i] = i < 2 ? moved : Math.max(now[i] * 0.7, Math.min(now[i] * 1.4, moved));
    }
  }

  /**
   * Predicts where something else than detections measured how far the object moved meanwhile.
   *
   * @param dx to the right, pixels
   * @param dy down, pixels
   * @param variance of each, square pixels, above 0
   */
  void predict(double seconds, double dx, double dy, double variance) {
    double q = square(ACCELERATION * Math.max(1, now[3]));
    double errorX = dx - seconds * now[SPEED];
    double errorY = dy - seconds * now[SPEED + 1];
    double speedVarianceX = now[SPEED_VARIANCE];
    double speedVarianceY = now[SPEED_VARIANCE + 1];
    double covarianceX = now[COVARIANCE];
    double covarianceY = now[COVARIANCE + 1];
    predict(seconds);
    moved(0, errorX, speedVarianceX, covarianceX, variance, q, seconds);
    moved(1, errorY, speedVarianceY, covarianceY, variance, q, seconds);
  }

  /** Corrects by a measurement of x(t) - x(0), which is linear in the state. */
  private void moved(
      int i,
      double error,
      double speedVariance,
      double covariance,
      double variance,
      double q,
      double t) {
    double way = t * t * speedVariance + q * t * t * t / 3;
    double withPlace = way + t * covariance;
    double withSpeed = t * speedVariance + q * t * t / 2;
    double gain = withPlace / (way + variance);
    double speedGain = withSpeed / (way + variance);
    now[i] += gain * error;
    now[SPEED + i] += speedGain * error;
    now[VARIANCE + i] -= gain * withPlace;
    now[COVARIANCE + i] -= gain * withSpeed;
    now[SPEED_VARIANCE + i] -= speedGain * withSpeed;
  }

  /** The object was seen on this frame, and on the one before. */
  void correct(double cx, double cy, double width, double height) {
    measure(cx, cy, width, height);
    observedNow(cx, cy);
  }

  /**
   * The object was seen on this frame, for the first time since a gap.
   *
   * @param seconds since it was seen last
   * @param step about one frame, seconds
   */
  void correctAfterGap(
      double cx, double cy, double width, double height, double seconds, double step) {
    System.arraycopy(observed, 0, now, 0, now.length);
    double x = now[0];
    double y = now[1];
    double w = now[2];
    double h = now[3];
    int steps = (int) Math.max(1, Math.min(MOST_STEPS, Math.round(seconds / step)));
    for (int i = 1; i <= steps; i++) {
      double part = (double) i / steps;
      predict(seconds / steps);
      measure(
          x + part * (cx - x),
          y + part * (cy - y),
          w + part * (width - w),
          h + part * (height - h));
    }
    observedNow(cx, cy);
  }

  private void measure(double cx, double cy, double width, double height) {
    measure(0, cx, MEASURED * height);
    measure(1, cy, MEASURED * height);
    measure(2, width, MEASURED_SIZE * height);
    measure(3, height, MEASURED_SIZE * height);
  }

  private void measure(int i, double measured, double deviation) {
    double total = now[VARIANCE + i] + square(deviation);
    double gain = now[VARIANCE + i] / total;
    double speedGain = now[COVARIANCE + i] / total;
    double error = measured - now[i];
    now[i] += gain * error;
    now[SPEED + i] += speedGain * error;
    now[SPEED_VARIANCE + i] -= speedGain * now[COVARIANCE + i];
    now[COVARIANCE + i] *= 1 - gain;
    now[VARIANCE + i] *= 1 - gain;
  }

  private void observedNow(double cx, double cy) {
    System.arraycopy(now, 0, observed, 0, now.length);
    System.arraycopy(path, 0, path, 2, path.length - 2);
    path[0] = cx;
    path[1] = cy;
    pathLength = Math.min(PATH, pathLength + 1);
  }

  /** An object that is hidden is likelier to stand than to speed on: its speed dies away. */
  void coast(double seconds) {
    double kept = Math.exp(-seconds);
    for (int i = 0; i < 4; i++) {
      now[SPEED + i] *= i < 2 ? kept : 0;
    }
  }

  /** The picture moved, so everything in it did. */
  void shift(double dx, double dy) {
    now[0] += dx;
    now[1] += dy;
    observed[0] += dx;
    observed[1] += dy;
    for (int i = 0; i < pathLength; i++) {
      path[2 * i] += dx;
      path[2 * i + 1] += dy;
    }
  }

  /** The prediction is forgotten: the object is taken to be where it was seen last. */
  void stay() {
    System.arraycopy(observed, 0, now, 0, 4);
    for (int i = 0; i < 4; i++) {
      now[SPEED + i] = 0;
    }
  }

  /**
   * How well a place lies in the direction of the last few detections: 1 straight on, 0 sideways or
   * not known, -1 back.
   */
  double straightness(double cx, double cy) {
    if (pathLength < PATH) {
      return 0;
    }
    double fromX = path[0] - path[2 * (PATH - 1)];
    double fromY = path[1] - path[2 * (PATH - 1) + 1];
    double toX = cx - path[0];
    double toY = cy - path[1];
    double noise = square(0.1 * now[3]);
    double lengths = (fromX * fromX + fromY * fromY + noise) * (toX * toX + toY * toY + noise);
    return (fromX * toX + fromY * toY) / Math.sqrt(lengths);
  }

  /**
   * Returns whether an object that was last seen so long ago may be so high by now: as high as it
   * was, as high as it would be had it grown on, or between.
   *
   * @param tolerance a ratio
   */
  boolean mayBe(double height, double tolerance, double seconds) {
    double last = observed[3];
    double grown = Math.max(last / 2, last + seconds * observed[SPEED + 3]);
    return height * tolerance > Math.min(last, grown) && height < Math.max(last, grown) * tolerance;
  }

  /** Pixels per second over the picture. */
  double speedX() {
    return now[SPEED];
  }

  double speedY() {
    return now[SPEED + 1];
  }

  /** Heights per second. */
  double speed() {
    return Math.hypot(now[SPEED], now[SPEED + 1]) / Math.max(1, now[3]);
  }

  double left() {
    return now[0] - now[2] / 2;
  }

  double top() {
    return now[1] - now[3] / 2;
  }

  double width() {
    return now[2];
  }

  double height() {
    return now[3];
  }

  double lastLeft() {
    return observed[0] - observed[2] / 2;
  }

  double lastTop() {
    return observed[1] - observed[3] / 2;
  }

  double lastWidth() {
    return observed[2];
  }

  double lastHeight() {
    return observed[3];
  }

  double lastSpeedX() {
    return observed[SPEED];
  }

  double lastSpeedY() {
    return observed[SPEED + 1];
  }

  private static double square(double value) {
    return value * value;
  }
}
