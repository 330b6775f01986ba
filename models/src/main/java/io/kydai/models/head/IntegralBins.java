package io.kydai.models.head;

import java.nio.FloatBuffer;

/**
 * A length told as a distribution over whole numbers ("Generalized Focal Loss", Li et al. 2020).
 */
final class IntegralBins {
  private IntegralBins() {}

  /** The expectation of the bin's number under the softmax of {@code count} bins. */
  static float expectation(FloatBuffer bins, int at, int count) {
    float max = bins.get(at);
    for (int i = 1; i < count; i++) {
      max = Math.max(max, bins.get(at + i));
    }
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < count; i++) {
      double e = Math.exp(bins.get(at + i) - max);
      sum += e;
      weighted += i * e;
    }
    return (float) (weighted / sum);
  }
}
