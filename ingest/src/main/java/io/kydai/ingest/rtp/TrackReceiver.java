package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * One connection's track beside the video: takes its RTP packets in order, and tells a {@link
 * Depacketizer} what is missing. What is no RTP packet, or of another payload type, is passed over.
 */
public final class TrackReceiver {
  private final int payloadType;
  private final Depacketizer depacketizer;
  private SequenceTracker sequence = new SequenceTracker();
  private boolean started;
  private int ssrc;

  /**
   * @param payloadType as the session description gives it
   */
  public TrackReceiver(int payloadType, Depacketizer depacketizer) {
    this.payloadType = payloadType;
    this.depacketizer = depacketizer;
  }

  /**
   * Takes an RTP packet, borrowed.
   *
   * @throws MediaException when the track is not worth going on with
   */
  public void rtp(ByteBuf bytes) throws MediaException {
    Optional<RtpPacket> parsed = RtpPacket.parse(bytes);
    if (parsed.isEmpty() || parsed.get().payloadType() != payloadType) {
      return;
    }
    RtpPacket packet = parsed.get();
    if (started && packet.ssrc() != ssrc) {
      sequence = new SequenceTracker();
      depacketizer.lost();
    }
    started = true;
    ssrc = packet.ssrc();
    int missing = sequence.missingBefore(packet.sequence());
    if (missing == SequenceTracker.DUPLICATE) {
      return;
    }
    if (missing > 0) {
      depacketizer.lost();
    }
    depacketizer.accept(packet);
  }
}
