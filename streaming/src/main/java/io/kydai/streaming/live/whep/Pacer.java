package io.kydai.streaming.live.whep;

/**
 * How much may be sent now: a group of pictures that comes all at once must not overrun the sockets
 * and queues on its way. One thread at a time.
 *
 * <p>Its rate is {@value #FASTEST} bits a second, or four times what the receiver says that the way
 * carries, but never less than {@value #SLOWEST}: the stream has the rate that the camera gives it,
 * and a key frame of it is several pictures long.
 */
final class Pacer {
  static final long FASTEST = 60_000_000;
  static final long SLOWEST = 10_000_000;

  /** Milliseconds between two looks at whether more may be sent. */
  static final long TURN_MILLIS = 3;

  private static final int HEADROOM = 4;
  private static final int MOST_AHEAD = 20;
  private static final long BURST_NANOS = 5_000_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int BITS = 8;

  private double bytesPerSecond = (double) FASTEST / BITS;
  private double allowance;
  private long last;

  Pacer(long nanos) {
    last = nanos;
    allowance = burst();
  }

  private double burst() {
    return bytesPerSecond * BURST_NANOS / NANOS_PER_SECOND;
  }

  /** Takes the receiver's estimate. */
  void estimate(long bitsPerSecond) {
    long most = bitsPerSecond > FASTEST ? FASTEST : bitsPerSecond * HEADROOM;
    bytesPerSecond = (double) Math.max(SLOWEST, Math.min(FASTEST, most)) / BITS;
  }

  /** Returns whether a packet may be sent now. */
  boolean allows(long nanos) {
    double more = bytesPerSecond * (nanos - last) / NANOS_PER_SECOND;
    allowance = Math.min(burst(), allowance + more);
    last = nanos;
    return allowance > 0;
  }

  /**
   * Returns whether a packet may be sent again now: what a receiver asks for may be ahead of the
   * rate by {@value #MOST_AHEAD} bursts, and not by whatever it asks.
   */
  boolean allowsAgain(long nanos) {
    allows(nanos);
    return allowance > -MOST_AHEAD * burst();
  }

  void sent(int bytes) {
    allowance -= bytes;
  }
}
