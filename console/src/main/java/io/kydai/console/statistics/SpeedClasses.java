package io.kydai.console.statistics;

import io.kydai.analytics.rules.counting.Sample;

/** The speeds of the objects that went through a zone in one piece of time, by class of speed. */
final class SpeedClasses {
  private final long[] counts = new long[Sample.SPEED_CLASSES];
  private long objects;
  private long total;

  /**
   * Adds objects of one class of speed.
   *
   * @param sum of their speeds, in millimetres per second
   */
  void add(int speedClass, long number, long sum) {
    counts[Math.max(0, Math.min(counts.length - 1, speedClass))] += number;
    objects += number;
    total += sum;
  }

  long objects() {
    return objects;
  }

  /** Returns the mean speed in metres per second. */
  double mean() {
    return total / 1000.0 / objects;
  }

  /**
   * Returns the speed that a part of the objects do not exceed, in metres per second, interpolated
   * in its class: off by less than the width of a class, half a metre per second.
   */
  double percentile(double part) {
    double wanted = part * objects;
    double before = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0 && before + counts[i] >= wanted) {
        return (i + (wanted - before) / counts[i]) * Sample.SPEED_CLASS / 1000;
      }
      before += counts[i];
    }
    return counts.length * Sample.SPEED_CLASS / 1000.0;
  }
}
