package io.kydai.ingest.rtp;

/**
 * Tells from RTP sequence numbers what did not arrive (after RFC 3550, appendix A.1). It expects
 * packets in order, as TCP delivers them.
 */
final class SequenceTracker {
  /** A packet that was there already. */
  static final int DUPLICATE = -1;

  private static final int MAX_DROPOUT = 3000;
  private static final int MAX_MISORDER = 100;

  private int next = -1;

  /**
   * How many packets are missing right before this one, or {@link #DUPLICATE}. After a jump too far
   * to be loss nobody knows how many there were: it counts as one.
   */
  int missingBefore(int sequence) {
    if (next < 0) {
      next = sequence + 1 & 0xffff;
      return 0;
    }
    int ahead = (short) (sequence - next);
    if (ahead < 0 && ahead >= -MAX_MISORDER) {
      return DUPLICATE;
    }
    next = sequence + 1 & 0xffff;
    return ahead >= 0 && ahead < MAX_DROPOUT ? ahead : 1;
  }
}
