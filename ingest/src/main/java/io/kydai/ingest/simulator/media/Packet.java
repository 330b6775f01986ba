package io.kydai.ingest.simulator.media;

import java.nio.ByteBuffer;

/**
 * An RTP packet: its own header, and a payload that it shares with all sessions.
 *
 * @param header 12 bytes
 */
public record Packet(byte[] header, byte[] payload) {
  public int length() {
    return header.length + payload.length;
  }

  /** A copy that may be changed. */
  public byte[] bytes() {
    return ByteBuffer.allocate(length()).put(header).put(payload).array();
  }

  /** A packet of any bytes. */
  public static Packet of(byte[] bytes) {
    return new Packet(bytes, new byte[0]);
  }
}
