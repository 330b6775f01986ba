package io.kydai.streaming.live.whep.rtcp;

import java.nio.ByteBuffer;

/**
 * Reads what a receiver of RTP says in compound packets: receiver reports (RFC 3550, section
 * 6.4.2), lost packets, requests for a key frame (RFC 4585, RFC 5104), what the way carries
 * (draft-alvestrand-rmcat-remb) and how packets arrive ({@link TransportFeedback}). The rest is
 * skipped.
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 *   <tr><td>packets in one compound packet</td><td>{@value #MAX_PACKETS}</td>
 *       <td rowspan=2>the rest is ignored</td></tr>
 *   <tr><td>a packet that is incomplete or of another version</td><td></td></tr>
 *   <tr><td>lost packets that one compound packet names</td><td>{@value #MAX_LOST}</td>
 *       <td>the rest is ignored; it is asked for again</td></tr>
 * </table>
 */
public final class Feedback {
  static final int MAX_PACKETS = 32;
  static final int MAX_LOST = 512;

  private static final int SENDER_REPORT = 200;
  private static final int RECEIVER_REPORT = 201;
  private static final int TRANSPORT_FEEDBACK = 205;
  private static final int PAYLOAD_FEEDBACK = 206;
  private static final int NACK = 1;
  private static final int ARRIVALS = 15;
  private static final int PICTURE_LOSS = 1;
  private static final int FULL_INTRA = 4;
  private static final int APPLICATION = 15;
  private static final int REMB = 0x5245_4d42;
  private static final int HEADER = 12;
  private static final int BLOCK = 24;

  /** Takes what a compound packet has, in its order. */
  public interface Listener {
    /**
     * A packet that the receiver has not got.
     *
     * @param ssrc of the source
     * @param sequence 0 to 65,535
     */
    void onLost(int ssrc, int sequence);

    /** The receiver cannot decode before the next key frame. */
    void onKeyFrameWanted();

    /**
     * What the receiver thinks that the way carries.
     *
     * @param bitsPerSecond at least 0
     */
    void onEstimate(long bitsPerSecond);

    /** Which packets of the session have arrived, and when. */
    void onArrivals(TransportFeedback feedback);

    /**
     * How a source arrives.
     *
     * @param ssrc of the source
     * @param fractionLost 1/256, since the report before
     * @param jitter 1/90000 s, unsigned
     */
    void onReport(int ssrc, int fractionLost, long jitter);
  }

  private Feedback() {}

  /**
   * Reads a compound packet.
   *
   * @param size its bytes from the start of the array
   */
  public static void read(byte[] compound, int size, Listener listener) {
    ByteBuffer in = ByteBuffer.wrap(compound, 0, size);
    int lost = 0;
    for (int i = 0; i < MAX_PACKETS && in.remaining() >= 4; i++) {
      int at = in.position();
      int first = in.get(at) & 0xff;
      int type = in.get(at + 1) & 0xff;
      int length = 4 + 4 * (in.getShort(at + 2) & 0xffff);
      if (first >> 6 != 2 || length > in.remaining()) {
        return;
      }
      ByteBuffer packet = in.slice(at, length);
      int count = first & 0x1f;
      if (type == SENDER_REPORT || type == RECEIVER_REPORT) {
        reports(packet, count, type == SENDER_REPORT ? 28 : 8, listener);
      } else if (type == TRANSPORT_FEEDBACK && count == NACK) {
        lost = lost(packet, lost, listener);
      } else if (type == TRANSPORT_FEEDBACK && count == ARRIVALS) {
        TransportFeedback.read(packet).ifPresent(listener::onArrivals);
      } else if (type == PAYLOAD_FEEDBACK) {
        payload(packet, count, listener);
      }
      in.position(at + length);
    }
  }

  private static void reports(ByteBuffer in, int count, int from, Listener listener) {
    for (int i = 0, at = from; i < count && at + BLOCK <= in.limit(); i++, at += BLOCK) {
      listener.onReport(in.getInt(at), in.get(at + 4) & 0xff, in.getInt(at + 12) & 0xffff_ffffL);
    }
  }

  /** Each entry names a packet and, by bits, which of the sixteen behind it. */
  private static int lost(ByteBuffer in, int before, Listener listener) {
    if (in.limit() < HEADER) {
      return before;
    }
    int count = before;
    int ssrc = in.getInt(8);
    for (int at = HEADER; at + 4 <= in.limit() && count < MAX_LOST; at += 4) {
      int sequence = in.getShort(at) & 0xffff;
      long bits = (in.getShort(at + 2) & 0xffffL) << 1 | 1;
      for (int bit = 0; bit <= 16 && count < MAX_LOST; bit++) {
        if ((bits >>> bit & 1) != 0) {
          listener.onLost(ssrc, sequence + bit & 0xffff);
          count++;
        }
      }
    }
    return count;
  }

  private static void payload(ByteBuffer in, int format, Listener listener) {
    if (format == PICTURE_LOSS || format == FULL_INTRA) {
      listener.onKeyFrameWanted();
    } else if (format == APPLICATION && in.limit() >= HEADER + 8 && in.getInt(HEADER) == REMB) {
      int estimate = in.getInt(HEADER + 4);
      int exponent = estimate >>> 18 & 0x3f;
      long mantissa = estimate & 0x3ffff;
      listener.onEstimate(exponent > 40 ? Long.MAX_VALUE : mantissa << exponent);
    }
  }
}
