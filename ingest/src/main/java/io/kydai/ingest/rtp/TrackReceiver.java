package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * One connection's track beside the video: takes its RTP packets in order, and tells a {@link
 * Depacketizer} what is missing. What is no RTP packet, or of another payload type, is passed over.
 */
public final class TrackReceiver {
  private final int payloadType;
  private final ReorderBuffer order;

  /**
   * @param payloadType as the session description gives it
   */
  public TrackReceiver(int payloadType, Depacketizer depacketizer) {
    this.payloadType = payloadType;
    order =
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
   * Takes an RTP packet, borrowed.
   *
   * @throws MediaException when the track is not worth going on with
   */
  public void rtp(ByteBuf bytes) throws MediaException {
    Optional<RtpPacket> parsed = RtpPacket.parse(bytes);
    if (parsed.isPresent() && parsed.get().payloadType() == payloadType) {
      // Nothing waits here, so that the time does not matter.
      order.offer(parsed.get(), bytes, 0);
    }
  }
}
