package io.kydai.streaming.bench;

import java.util.stream.DoubleStream;

/** Middle and spread of a row's values. Not the mean: a busy neighbour must not decide. */
record Median(double tenth, double middle, double ninetieth) {
  /**
   * @param values at least one
   */
  static Median of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return new Median(at(sorted, 0.1), at(sorted, 0.5), at(sorted, 0.9));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
