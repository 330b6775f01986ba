package io.kydai.models.head;

/** The logistic function and its inverse. */
final class Logistic {
  private Logistic() {}

  static float probability(float logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }

  /** So that a threshold is turned once, and not every number that is compared with it. */
  static float logit(float probability) {
    return (float) Math.log(probability / (1 - probability));
  }
}
