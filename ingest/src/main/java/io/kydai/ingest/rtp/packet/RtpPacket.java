package io.kydai.ingest.rtp.packet;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * An RTP packet (RFC 3550, section 5.1).
 *
 * @param marker the marker bit
 * @param payloadType the payload type, 0 to 127
 * @param sequence the sequence number, 16 bits, unsigned
 * @param timestamp the timestamp, 32 bits, unsigned, in ticks of the track's clock
 * @param ssrc the synchronisation source
 * @param payload a slice of the packet's buffer, without padding; borrowed
 */
public record RtpPacket(
    boolean marker, int payloadType, int sequence, long timestamp, int ssrc, ByteBuf payload) {
  private static final int FIXED_HEADER = 12;
  private static final int VERSION = 2;

  /**
   * Parses a packet's header; returns empty when the bytes are not an RTP packet of version 2 or
   * are incomplete.
   */
  public static Optional<RtpPacket> parse(ByteBuf packet) {
    int start = packet.readerIndex();
    int size = packet.readableBytes();
    if (size < FIXED_HEADER) {
      return Optional.empty();
    }
    // Each read of a buffer is checked: two take less time than one for each field.
    long first = packet.getLong(start);
    int flags = (int) (first >>> 56);
    if (flags >> 6 != VERSION) {
      return Optional.empty();
    }
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
    return Optional.of(
        new RtpPacket(
            (first & 1L << 55) != 0,
            (int) (first >>> 48) & 0x7f,
            (int) (first >>> 32) & 0xffff,
            first & 0xffff_ffffL,
            packet.getInt(start + 8),
            packet.slice(start + header, size - header - padding)));
  }
}
