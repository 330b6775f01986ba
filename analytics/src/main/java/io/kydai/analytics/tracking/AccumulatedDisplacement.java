package io.kydai.analytics.tracking;

/** How far a track was carried by the stream's motion since it was last looked at. */
final class AccumulatedDisplacement {
  // An encoder wants a cheap prediction, not the true way; that is wrong alike on many pictures.
  private static final double DOUBT = 1; // of the way
  private static final double LEAST_DEVIATION = 0.2; // heights
  private static final double SPREAD = 0.5; // of the vectors' variance, which are not independent

  private double x;
  private double y;
  private double spread;
  private long ticks;

  void clear() {
    x = 0;
    y = 0;
    spread = 0;
    ticks = 0;
  }

  /**
   * Adds the way over one picture.
   *
   * @param dx pixels to the right
   * @param dy pixels down
   * @param variance of both, square pixels
   * @param during media time
   */
  void add(double dx, double dy, double variance, long during) {
    x += dx;
    y += dy;
    spread += variance;
    ticks += during;
  }

  /**
   * Returns whether so much of the time since the last look is known that the rest hardly matters.
   */
  boolean covers(long passed) {
    return ticks > 0 && 2 * ticks >= passed;
  }

  long ticks() {
    return ticks;
  }

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  /** The variance of the way in either direction, square pixels. */
  double variance(double height) {
    double floor = LEAST_DEVIATION * height;
    return floor * floor + DOUBT * DOUBT * (x * x + y * y) + SPREAD * spread;
  }
}
