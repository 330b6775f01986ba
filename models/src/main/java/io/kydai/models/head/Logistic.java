package io.kydai.models.head;

/** The logistic function and its inverse. */
final class Logistic {
  private Logistic() {}

  /** Returns 1 / (1 + e^−logit). */
  static float probability(float logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }

  /**
   * Returns the inverse of {@link #probability}. A threshold is converted by it once, so that the
   * logits need not be converted before they are compared.
   */
  static float logit(float probability) {
    return (float) Math.log(probability / (1 - probability));
  }
}
