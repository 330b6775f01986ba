package io.kydai.ingest.simulator;

/**
 * How often a packet is hit.
 *
 * @param every each so-many-th packet; 0 where probability says it
 * @param probability from 0 to 1, drawn for each packet
 * @param seed of the draw: every session draws the same
 */
public record Chance(int every, double probability, long seed) {
  public Chance {
    if (every < 0 || !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is from 0 to 1, and 'every' at least 1");
    }
  }

  /** Each n-th packet, the first of them the n-th. */
  public static Chance every(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("'every' is at least 1");
    }
    return new Chance(n, 0, 0);
  }

  /** Each packet with a probability. */
  public static Chance of(double probability, long seed) {
    return new Chance(0, probability, seed);
  }
}
