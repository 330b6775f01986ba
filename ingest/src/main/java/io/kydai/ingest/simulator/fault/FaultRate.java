package io.kydai.ingest.simulator.fault;

/**
 * How often a packet is hit.
 *
 * @param every each so-many-th packet; 0 where probability says it
 * @param probability from 0 to 1, drawn for each packet
 * @param seed of the draw: every session draws the same
 */
public record FaultRate(int every, double probability, long seed) {
  public FaultRate {
    if (every < 0 || !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is from 0 to 1, and 'every' at least 1");
    }
  }

  /** Each n-th packet, the first of them the n-th. */
  public static FaultRate every(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("'every' is at least 1");
    }
    return new FaultRate(n, 0, 0);
  }

  /** Each packet with a probability. */
  public static FaultRate of(double probability, long seed) {
    return new FaultRate(0, probability, seed);
  }
}
