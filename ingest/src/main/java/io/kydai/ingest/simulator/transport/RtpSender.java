package io.kydai.ingest.simulator.transport;

import io.kydai.ingest.simulator.media.Packet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A source of RTP packets (RFC 3550), with its sequence numbers and sender reports. */
public final class RtpSender {
  private final int payloadType;
  private final int ssrc;
  private int sequence;
  private long packets;
  private long octets;

  /**
   * Creates a source that has sent nothing.
   *
   * @param payloadType the payload type, 0 to 127
   * @param ssrc the synchronisation source
   * @param firstSequence the sequence number of the first packet, 16 bits
   */
  public RtpSender(int payloadType, int ssrc, int firstSequence) {
    this.payloadType = payloadType;
    this.ssrc = ssrc;
    this.sequence = firstSequence;
  }

  /**
   * Returns the next packet (section 5.1).
   *
   * @param timestamp the RTP timestamp, of which the low 32 bits are sent
   */
  public Packet packet(byte[] payload, long timestamp, boolean marker) {
    packets++;
    octets += payload.length;
    byte[] header =
        ByteBuffer.allocate(12)
            .put((byte) 0x80)
            .put((byte) ((marker ? 0x80 : 0) | payloadType))
            .putShort((short) sequence++)
            .putInt((int) timestamp)
            .putInt(ssrc)
            .array();
    return new Packet(header, payload);
  }

  /** Returns the sequence number of the next packet, 16 bits. */
  public int nextSequence() {
    return sequence & 0xffff;
  }

  /**
   * Returns a sender report with a source description (sections 6.4.1 and 6.5).
   *
   * @param ntp the time of {@code timestamp}, as a 64-bit NTP timestamp
   * @param timestamp the RTP timestamp, of which the low 32 bits are sent
   */
  public byte[] senderReport(long ntp, long timestamp) {
    return ByteBuffer.allocate(28 + 16)
        .put((byte) 0x80)
        .put((byte) 200)
        .putShort((short) 6)
        .putInt(ssrc)
        .putLong(ntp)
        .putInt((int) timestamp)
        .putInt((int) packets)
        .putInt((int) octets)
        .put((byte) 0x81)
        .put((byte) 202)
        .putShort((short) 3)
        .putInt(ssrc)
        .put((byte) 1)
        .put((byte) 5)
        .put("kydai".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 0)
        .array();
  }
}
