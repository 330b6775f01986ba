package io.kydai.analytics.rules.memory;

/**
 * The velocity of an object over the ground, with its uncertainty.
 *
 * @param x metres per second right or east
 * @param y metres per second ahead or north
 * @param error standard error of each, metres per second
 */
public record Velocity(double x, double y, double error) {
  public static final double KMH = 3.6;

  public double speed() {
    return Math.hypot(x, y);
  }

  /** The speed that is exceeded all but certainly: two standard errors below what was measured. */
  public double surely() {
    return Math.max(0, speed() - 2 * error);
  }
}
