package io.kydai.console.statistics;

/** How well traffic flows, best first (Highway Capacity Manual 2010). */
public enum LevelOfService {
  A,
  B,
  C,
  D,
  E,
  F;

  /** Exhibit 16-4: the mean speed of vehicles over that of free traffic, which is exceeded. */
  private static final double[] SPEEDS = {0.85, 0.67, 0.50, 0.40, 0.30};

  /** Exhibit 23-1: the space for each pedestrian on a walkway, in square feet, exceeded. */
  private static final double[] SPACES = {60, 40, 24, 15, 8};

  private static final double SQUARE_METRES_PER_SQUARE_FOOT = 0.09290304;

  /**
   * Returns the level of a road.
   *
   * @param part mean speed over the speed of free traffic
   */
  public static LevelOfService ofSpeed(double part) {
    return of(part, SPEEDS, 1);
  }

  /**
   * Returns the level of a walkway.
   *
   * @param squareMetres the area for each person; infinite where there are none
   */
  public static LevelOfService ofSpace(double squareMetres) {
    return of(squareMetres, SPACES, SQUARE_METRES_PER_SQUARE_FOOT);
  }

  private static LevelOfService of(double value, double[] bounds, double unit) {
    int i = 0;
    while (i < bounds.length && value <= bounds[i] * unit) {
      i++;
    }
    return values()[i];
  }
}
