package io.kydai.ingest.rtp.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** Makes RTP packets for tests. */
public final class RtpBytes {
  private RtpBytes() {}

  /** A packet of payload type 96 and SSRC 7. */
  public static ByteBuf packet(int sequence, long timestamp, boolean marker, byte[] payload) {
    ByteBuf packet = Unpooled.buffer(12 + payload.length);
    packet.writeByte(0x80).writeByte(marker ? 0x80 | 96 : 96).writeShort(sequence);
    packet.writeInt((int) timestamp).writeInt(7).writeBytes(payload);
    return packet;
  }

  /** The same with the payload in hexadecimal. */
  public static ByteBuf packet(int sequence, long timestamp, boolean marker, String payload) {
    return packet(sequence, timestamp, marker, HexFormat.of().parseHex(payload));
  }
}
