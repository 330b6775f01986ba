package io.kydai.streaming.live.whep.rtp;

import org.jspecify.annotations.Nullable;

/**
 * The newest packets of a session, which the receiver may ask for again (RFC 4585, section 6.2.1).
 *
 * <p>Bound: {@value #MOST} packets of at most 1,200 bytes, more than a second of 8 Mbit/s; the
 * oldest makes room, and whoever asks for it waits for the next key frame instead. One thread at a
 * time.
 */
public final class PacketHistory {
  static final int MOST = 1_024;

  /** Longer than a repeated question about one packet takes on a lively way. */
  private static final long AGAIN_NANOS = 10_000_000;

  private final @Nullable SentPacket[] kept = new @Nullable SentPacket[MOST];

  /** When each place's packet was taken. */
  private final long[] taken = new long[MOST];

  /** Keeps a packet that was sent. */
  public void add(SentPacket packet) {
    int place = packet.sequence() % MOST;
    kept[place] = packet;
    taken[place] = Long.MIN_VALUE;
  }

  /**
   * Takes a packet to send it again; null where it is not here any more, or was taken a moment ago.
   *
   * @param sequence 0 to 65,535
   */
  public @Nullable SentPacket take(int sequence, long nanos) {
    int place = sequence % MOST;
    SentPacket found = kept[place];
    if (found == null || found.sequence() != sequence) {
      return null;
    }
    if (taken[place] != Long.MIN_VALUE && nanos - taken[place] < AGAIN_NANOS) {
      return null;
    }
    taken[place] = nanos;
    return found;
  }
}
