package io.kydai.ingest.simulator;

import java.nio.ByteBuffer;

/**
 * An RTP packet: its own header, and a payload that it shares with all sessions.
 *
 * @param header 12 bytes
 */
record Packet(byte[] header, byte[] payload) {
  int length() {
    return header.length + payload.length;
  }

  /** A copy that may be changed. */
  byte[] bytes() {
    return ByteBuffer.allocate(length()).put(header).put(payload).array();
  }

  /** A packet of any bytes. */
  static Packet of(byte[] bytes) {
    return new Packet(bytes, new byte[0]);
  }
}
