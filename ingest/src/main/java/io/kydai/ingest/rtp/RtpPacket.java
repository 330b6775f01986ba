package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * An RTP packet (RFC 3550, section 5.1).
 *
 * @param sequence 16 bits, unsigned
 * @param timestamp 32 bits, unsigned
 * @param payload a view into the packet's buffer, without padding; borrowed
 */
public record RtpPacket(
    boolean marker, int payloadType, int sequence, long timestamp, int ssrc, ByteBuf payload) {
  private static final int FIXED_HEADER = 12;

  /** Reads a packet's headers; empty when the bytes are no RTP packet or end too early. */
  public static Optional<RtpPacket> parse(ByteBuf packet) {
    int start = packet.readerIndex();
    int size = packet.readableBytes();
    if (size < FIXED_HEADER || packet.getUnsignedByte(start) >> 6 != 2) {
      return Optional.empty();
    }
    int flags = packet.getUnsignedByte(start);
    int header = FIXED_HEADER + 4 * (flags & 0x0f);
    if ((flags & 0x10) != 0) {
      if (size < header + 4) {
        return Optional.empty();
      }
      header += 4 + 4 * packet.getUnsignedShort(start + header + 2);
    }
    int padding = (flags & 0x20) == 0 ? 0 : packet.getUnsignedByte(start + size - 1);
    if (header + padding > size) {
      return Optional.empty();
    }
    int second = packet.getUnsignedByte(start + 1);
    return Optional.of(
        new RtpPacket(
            (second & 0x80) != 0,
            second & 0x7f,
            packet.getUnsignedShort(start + 2),
            packet.getUnsignedInt(start + 4),
            packet.getInt(start + 8),
            packet.slice(start + header, size - header - padding)));
  }
}
