package io.kydai.analytics.budget;

import java.util.List;

/**
 * Shares a budget out max-min fairly by weight: as water that is let into vessels, each as wide as
 * its weight, with a floor and a ceiling (Bertsekas and Gallager, "Data Networks", 6.5.2, with
 * weights). Nobody gets more than the ceiling, what it leaves rises the level for the others, and
 * nobody could have more without taking it from one whose part is smaller for its weight.
 */
final class WeightedMaxMin {
  private static final int STEPS = 60; // Halves the range to below the precision of a double.

  /**
   * One vessel.
   *
   * @param weight above 0
   * @param floor what it gets at any level, 0 or more
   * @param ceiling the most that it takes, at least the floor
   */
  record Vessel(double weight, double floor, double ceiling) {
    double part(double level) {
      return Math.min(ceiling, Math.max(floor, level * weight));
    }
  }

  private WeightedMaxMin() {}

  /**
   * How high the water stands.
   *
   * @return infinity when there is enough for all ceilings, 0 when the floors take it all or more
   */
  static double of(double budget, List<Vessel> vessels) {
    double high = 0;
    for (Vessel vessel : vessels) {
      high = Math.max(high, vessel.ceiling() / vessel.weight());
    }
    if (taken(high, vessels) <= budget) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 0;
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (taken(middle, vessels) <= budget) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double taken(double level, List<Vessel> vessels) {
    double sum = 0;
    for (Vessel vessel : vessels) {
      sum += vessel.part(level);
    }
    return sum;
  }
}
