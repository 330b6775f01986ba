package io.kydai.ingest.simulator.media;

import java.nio.ByteBuffer;

/**
 * An RTP packet.
 *
 * @param header the header of 12 bytes
 * @param payload the payload, which all sessions share
 */
public record Packet(byte[] header, byte[] payload) {
  /** Returns the length of header and payload in bytes. */
  public int length() {
    return header.length + payload.length;
  }

  /** Returns a copy of header and payload in one array. */
  public byte[] bytes() {
    return ByteBuffer.allocate(length()).put(header).put(payload).array();
  }

  /** Returns a packet of any bytes, which need not be RTP. */
  public static Packet of(byte[] bytes) {
    return new Packet(bytes, new byte[0]);
  }
}
