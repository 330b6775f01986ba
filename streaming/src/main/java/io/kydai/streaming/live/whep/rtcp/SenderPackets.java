package io.kydai.streaming.live.whep.rtcp;

import io.kydai.streaming.live.whep.srtp.SecureSender;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes the compound packets that a sender of RTP sends (RFC 3550, section 6). */
public final class SenderPackets {
  private static final int VERSION = 0x80;
  private static final int SENDER_REPORT = 200;
  private static final int RECEIVER_REPORT = 201;
  private static final int DESCRIPTION = 202;
  private static final int GOODBYE = 203;
  private static final int CANONICAL_NAME = 1;
  private static final int REPORT_BYTES = 28;

  /** The seconds from 1900, the start of NTP time, to 1970. */
  private static final long UNIX_TO_NTP = 2_208_988_800L;

  private SenderPackets() {}

  /**
   * A compound packet.
   *
   * @param bytes with room behind {@code size} for protecting them
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares packets.
  public record Compound(byte[] bytes, int size) {}

  /**
   * A sender report with the source's name (sections 6.4.1 and 6.5.1).
   *
   * @param timestamp of RTP at the moment {@code now}
   * @param name {@code CNAME}, at most 255 bytes
   */
  public static Compound report(
      int ssrc, Instant now, int timestamp, long packets, long octets, String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    // At least one zero ends the list of items, and the chunk is filled up to 32 bits.
    int chunk = (4 + 2 + text.length + 4) & ~3;
    ByteBuffer out = room(REPORT_BYTES + 4 + chunk);
    header(out, 0, SENDER_REPORT, REPORT_BYTES).putInt(ssrc);
    out.putInt((int) (now.getEpochSecond() + UNIX_TO_NTP));
    out.putInt((int) (((long) now.getNano() << 32) / 1_000_000_000L));
    out.putInt(timestamp).putInt((int) packets).putInt((int) octets);
    header(out, 1, DESCRIPTION, 4 + chunk).putInt(ssrc);
    out.put((byte) CANONICAL_NAME).put((byte) text.length).put(text);
    return new Compound(out.array(), REPORT_BYTES + 4 + chunk);
  }

  /** A goodbye (section 6.6), behind an empty report, as each compound packet begins with one. */
  public static Compound goodbye(int ssrc) {
    ByteBuffer out = room(16);
    header(out, 0, RECEIVER_REPORT, 8).putInt(ssrc);
    header(out, 1, GOODBYE, 8).putInt(ssrc);
    return new Compound(out.array(), 16);
  }

  private static ByteBuffer room(int size) {
    return ByteBuffer.allocate(size + SecureSender.growth());
  }

  private static ByteBuffer header(ByteBuffer out, int count, int type, int size) {
    return out.put((byte) (VERSION | count)).put((byte) type).putShort((short) (size / 4 - 1));
  }
}
