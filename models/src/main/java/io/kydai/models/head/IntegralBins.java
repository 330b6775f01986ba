package io.kydai.models.head;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Decodes a length that a network outputs as a distribution over the integers 0 to n − 1 (Li et
 * al., "Generalized Focal Loss", NeurIPS 2020, section 3).
 */
final class IntegralBins {
  private IntegralBins() {}

  /**
   * Returns the expected bin number under the softmax of {@code count} bins.
   *
   * @param at the index of the first bin
   */
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

  /**
   * Returns the same, to the last bit, where bytes stand for the network's output.
   *
   * @param at the index of the first bin
   */
  static float expectation(ByteBuffer bins, int at, int count, Quantisation quantisation) {
    int most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, bins.get(at + i) & 0xff);
    }
    float max = quantisation.value(most);
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < count; i++) {
      double e = Math.exp(quantisation.value(bins.get(at + i) & 0xff) - max);
      sum += e;
      weighted += i * e;
    }
    return (float) (weighted / sum);
  }
}
