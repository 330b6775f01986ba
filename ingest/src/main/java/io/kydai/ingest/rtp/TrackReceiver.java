package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Receives the RTP packets of one audio or metadata track on one connection, passes them in order
 * to a {@link Depacketizer} and reports missing ones to it. Bytes that are not an RTP packet and
 * packets of another payload type are ignored.
 */
public final class TrackReceiver {
  private final int payloadType;
  private final ReorderBuffer reorderBuffer;

  /**
   * Creates a receiver for one track.
   *
   * @param payloadType the payload type in the session description
   */
  public TrackReceiver(int payloadType, Depacketizer depacketizer) {
    this.payloadType = payloadType;
    reorderBuffer =
        new ReorderBuffer(
            PacketCounter.NONE,
            new ReorderBuffer.Sink() {
              @Override
              public void onMissing(long packets) {
                depacketizer.lost();
              }

              @Override
              public void onPacket(RtpPacket packet) throws MediaException {
                depacketizer.accept(packet);
              }
            });
  }

  /**
   * Processes an RTP packet, which is borrowed until the call returns.
   *
   * @throws MediaException when the track cannot be processed any further
   */
  public void rtp(ByteBuf bytes) throws MediaException {
    Optional<RtpPacket> parsed = RtpPacket.parse(bytes);
    if (parsed.isPresent() && parsed.get().payloadType() == payloadType) {
      // The time is not used, because packets do not wait on this track.
      reorderBuffer.offer(parsed.get(), bytes, 0);
    }
  }
}
