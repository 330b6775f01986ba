package io.kydai.streaming.live.whep.rtp;

import java.nio.ByteBuffer;

/**
 * The extensions of RTP headers that a session agreed on, with one-byte headers (RFC 8285). Each is
 * its number, 1 to 14, or 0 where it was not agreed on.
 *
 * @param playoutDelay {@code http://www.webrtc.org/experiments/rtp-hdrext/playout-delay}: the
 *     player shows pictures as soon as it has them
 * @param absoluteSendTime {@code http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time}: by
 *     which the receiver estimates what the way carries
 * @param transportNumber {@link #TRANSPORT_NUMBER}: the packet's number in its session, by which
 *     the receiver tells how it arrived (draft-holmer-rmcat-transport-wide-cc-extensions-01)
 */
public record HeaderExtensions(int playoutDelay, int absoluteSendTime, int transportNumber) {
  public static final String PLAYOUT_DELAY =
      "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
  public static final String ABSOLUTE_SEND_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
  public static final String TRANSPORT_NUMBER =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  private static final int PROFILE = 0xbede;
  private static final int VALUE = 3;
  private static final int NUMBER = 2;

  public HeaderExtensions {
    check(playoutDelay);
    check(absoluteSendTime);
    check(transportNumber);
  }

  private static void check(int number) {
    if (number < 0 || number > 14) {
      throw new IllegalArgumentException("an extension's number is 1 to 14, not " + number);
    }
  }

  /** Returns their size in a header, in bytes, a multiple of 4; 0 where there is none. */
  public int size() {
    int values =
        (playoutDelay == 0 ? 0 : 1)
            + (absoluteSendTime == 0 ? 0 : 1)
            + (transportNumber == 0 ? 0 : 1);
    return values == 0 ? 0 : 4 + 4 * values;
  }

  /**
   * Writes them.
   *
   * @param nanos the time at which the packet is sent
   * @param number in the session, 0 to 65,535
   */
  void write(ByteBuffer out, long nanos, int number) {
    if (size() == 0) {
      return;
    }
    out.putShort((short) PROFILE).putShort((short) (size() / 4 - 1));
    if (playoutDelay != 0) {
      // Both bounds are zero: at once.
      out.put((byte) (playoutDelay << 4 | VALUE - 1)).putShort((short) 0).put((byte) 0);
    }
    if (absoluteSendTime != 0) {
      int time = sendTime(nanos);
      out.put((byte) (absoluteSendTime << 4 | VALUE - 1))
          .put((byte) (time >>> 16))
          .putShort((short) time);
    }
    if (transportNumber != 0) {
      // With a byte of padding.
      out.put((byte) (transportNumber << 4 | NUMBER - 1)).putShort((short) number).put((byte) 0);
    }
  }

  /** Seconds in 6 bits, their fraction in 18. */
  private static int sendTime(long nanos) {
    long seconds = Math.floorDiv(nanos, 1_000_000_000L);
    long fraction = (Math.floorMod(nanos, 1_000_000_000L) << 18) / 1_000_000_000L;
    return (int) ((seconds & 0x3f) << 18 | fraction);
  }
}
