package io.kydai.streaming.live.whep.rtp;

import static java.util.Objects.requireNonNull;

/**
 * A packet that was sent.
 *
 * @param sequence 0 to 65,535
 * @param marker whether it is a picture's last one
 * @param timestamp of its picture
 * @param bytes its payload; where it is sent again just as it was, the whole protected packet
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares packets.
public record SentPacket(int sequence, boolean marker, int timestamp, byte[] bytes) {
  public SentPacket {
    requireNonNull(bytes);
  }
}
