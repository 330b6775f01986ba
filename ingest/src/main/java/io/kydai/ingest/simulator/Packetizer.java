package io.kydai.ingest.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Pictures to RTP packets (RFC 3550, section 5.1; RFC 6184, packetization mode 1): a NAL unit that
 * fits is a packet of its own, a larger one is cut into FU-A fragments.
 */
final class Packetizer {
  static final int PAYLOAD_TYPE = 96;

  /** Of RTP's payload: leaves room for RTP, UDP and IP headers in an Ethernet frame. */
  private static final int MAX_PAYLOAD = 1400;

  private static final int FU_A = 28;

  private final int ssrc;
  private int sequence;
  private long packets;
  private long octets;

  Packetizer(int ssrc, int firstSequence) {
    this.ssrc = ssrc;
    this.sequence = firstSequence;
  }

  /**
   * Cuts a picture into packets.
   *
   * @param timestamp RTP time, of which the low 32 bits count
   * @param out takes each packet, and owns it
   */
  void packetize(
      List<byte[]> nals, long timestamp, ByteBufAllocator allocator, Consumer<ByteBuf> out) {
    for (int i = 0; i < nals.size(); i++) {
      boolean last = i == nals.size() - 1;
      byte[] nal = nals.get(i);
      if (nal.length <= MAX_PAYLOAD) {
        out.accept(packet(allocator, timestamp, last, nal.length).writeBytes(nal));
        octets += nal.length;
        continue;
      }
      int header = nal[0];
      for (int at = 1; at < nal.length; ) {
        int length = Math.min(MAX_PAYLOAD - 2, nal.length - at);
        boolean end = at + length == nal.length;
        int fuHeader = (header & 0x1f) | (at == 1 ? 0x80 : 0) | (end ? 0x40 : 0);
        out.accept(
            packet(allocator, timestamp, last && end, length + 2)
                .writeByte((header & 0xe0) | FU_A)
                .writeByte(fuHeader)
                .writeBytes(nal, at, length));
        octets += length + 2;
        at += length;
      }
    }
  }

  private ByteBuf packet(ByteBufAllocator allocator, long timestamp, boolean marker, int payload) {
    packets++;
    return allocator
        .buffer(12 + payload)
        .writeByte(0x80)
        .writeByte((marker ? 0x80 : 0) | PAYLOAD_TYPE)
        .writeShort(sequence++)
        .writeInt((int) timestamp)
        .writeInt(ssrc);
  }

  /** The number of the next packet, 16 bits. */
  int nextSequence() {
    return sequence & 0xffff;
  }

  /**
   * A sender report with a source description (RFC 3550, sections 6.4.1 and 6.5).
   *
   * @param ntp the moment of {@code timestamp} as a 64-bit NTP timestamp
   */
  ByteBuf senderReport(ByteBufAllocator allocator, long ntp, long timestamp) {
    return allocator
        .buffer(28 + 16)
        .writeByte(0x80)
        .writeByte(200)
        .writeShort(6)
        .writeInt(ssrc)
        .writeLong(ntp)
        .writeInt((int) timestamp)
        .writeInt((int) packets)
        .writeInt((int) octets)
        .writeByte(0x81)
        .writeByte(202)
        .writeShort(3)
        .writeInt(ssrc)
        .writeByte(1)
        .writeByte(5)
        .writeBytes("kydai".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .writeByte(0);
  }
}
