package io.kydai.ingest.simulator.fault;

/**
 * The rate at which packets are affected by a fault.
 *
 * @param every the fault affects each packet whose number is a multiple of this; 0 when {@code
 *     probability} applies
 * @param probability the probability that a packet is affected, from 0 to 1, drawn for each packet;
 *     not used when {@code every} is above 0
 * @param seed the seed of the random numbers, which are the same in every session
 */
public record FaultRate(int every, double probability, long seed) {
  public FaultRate {
    if (every < 0 || !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is from 0 to 1, and 'every' at least 1");
    }
  }

  /**
   * Returns a rate that affects each n-th packet, beginning with the n-th.
   *
   * @throws IllegalArgumentException when n is below 1
   */
  public static FaultRate every(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("'every' is at least 1");
    }
    return new FaultRate(n, 0, 0);
  }

  /**
   * Returns a rate that affects each packet with a probability.
   *
   * @throws IllegalArgumentException when the probability is not from 0 to 1
   */
  public static FaultRate of(double probability, long seed) {
    return new FaultRate(0, probability, seed);
  }
}
