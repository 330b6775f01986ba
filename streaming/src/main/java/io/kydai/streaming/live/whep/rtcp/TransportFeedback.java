package io.kydai.streaming.live.whep.rtcp;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Which packets of a session have arrived, and when, as their receiver says
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1).
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 *   <tr><td>packets that one message tells of</td><td>{@value #MAX_PACKETS}</td>
 *       <td rowspan=3>the message is none</td></tr>
 *   <tr><td>a chunk or a delta that is missing</td><td></td></tr>
 *   <tr><td>the reserved symbol</td><td></td></tr>
 * </table>
 *
 * @param first the first packet's number in the session, 0 to 65,535
 * @param arrivals of the packets from the first one on, in microseconds on the receiver's clock,
 *     which begins anywhere; {@link #LOST} for those that have not arrived
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares messages.
public record TransportFeedback(int first, long[] arrivals) {
  /** In place of an arrival. */
  public static final long LOST = Long.MIN_VALUE;

  static final int MAX_PACKETS = 4_096;

  private static final int FIXED = 20;
  private static final int REFERENCE_MICROS = 64_000;
  private static final int DELTA_MICROS = 250;
  private static final int SMALL = 1;
  private static final int LARGE = 2;
  private static final int RESERVED = 3;

  public TransportFeedback {
    requireNonNull(arrivals);
  }

  /**
   * Reads one packet of RTCP, whole.
   *
   * @param in from the packet's header on
   */
  static Optional<TransportFeedback> read(ByteBuffer in) {
    if (in.limit() < FIXED) {
      return Optional.empty();
    }
    int count = in.getShort(14) & 0xffff;
    if (count == 0 || count > MAX_PACKETS) {
      return Optional.empty();
    }
    byte[] symbols = new byte[count];
    int at = symbols(in, symbols);
    return at < 0 ? Optional.empty() : arrivals(in, at, symbols);
  }

  /** Returns where the deltas begin; -1 where it is malformed. */
  private static int symbols(ByteBuffer in, byte[] symbols) {
    int at = FIXED;
    for (int known = 0; known < symbols.length; at += 2) {
      if (at + 2 > in.limit()) {
        return -1;
      }
      int chunk = in.getShort(at) & 0xffff;
      boolean run = (chunk & 0x8000) == 0;
      boolean wide = (chunk & 0x4000) != 0;
      int length = run ? chunk & 0x1fff : wide ? 7 : 14;
      if (length == 0) {
        return -1;
      }
      for (int i = 0; i < length && known < symbols.length; i++) {
        int symbol = run ? chunk >> 13 & 3 : wide ? chunk >> 2 * (6 - i) & 3 : chunk >> 13 - i & 1;
        if (symbol == RESERVED) {
          return -1;
        }
        symbols[known++] = (byte) symbol;
      }
    }
    return at;
  }

  private static Optional<TransportFeedback> arrivals(ByteBuffer in, int from, byte[] symbols) {
    long[] arrivals = new long[symbols.length];
    // 24 bits with a sign, and behind them the count of messages.
    long time = (long) (in.getInt(16) >> 8) * REFERENCE_MICROS;
    int at = from;
    for (int i = 0; i < symbols.length; i++) {
      int size = symbols[i];
      if (at + size > in.limit()) {
        return Optional.empty();
      }
      if (size == SMALL) {
        time += (long) (in.get(at) & 0xff) * DELTA_MICROS;
      } else if (size == LARGE) {
        time += (long) in.getShort(at) * DELTA_MICROS;
      }
      arrivals[i] = size == 0 ? LOST : time;
      at += size;
    }
    return Optional.of(new TransportFeedback(in.getShort(12) & 0xffff, arrivals));
  }
}
