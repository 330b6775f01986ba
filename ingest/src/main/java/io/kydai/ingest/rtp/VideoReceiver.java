package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.Optional;

/** One connection's video: takes its RTP and RTCP packets and counts what is missing. */
public final class VideoReceiver {
  private final int payloadType;
  private final Depacketizer depacketizer;
  private final SenderClock senderClock = new SenderClock();
  private SequenceTracker sequence = new SequenceTracker();
  private boolean started;
  private int ssrc;
  private long received;
  private long lost;

  /**
   * @param payloadType as the session description gives it; other packets are passed over
   */
  public VideoReceiver(int payloadType, Depacketizer depacketizer) {
    this.payloadType = payloadType;
    this.depacketizer = depacketizer;
  }

  /**
   * Takes an RTP packet, borrowed. What is no RTP packet is counted as lost.
   *
   * @throws MediaException when the connection is not worth going on with
   */
  public void rtp(ByteBuf bytes) throws MediaException {
    Optional<RtpPacket> parsed = RtpPacket.parse(bytes);
    if (parsed.isEmpty()) {
      lost++;
      return;
    }
    RtpPacket packet = parsed.get();
    if (packet.payloadType() != payloadType) {
      return;
    }
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
      lost += missing;
      depacketizer.lost();
    }
    received++;
    depacketizer.accept(packet);
  }

  /** Takes an RTCP packet, borrowed. */
  public void rtcp(ByteBuf bytes) {
    senderClock.accept(bytes);
  }

  /** When the picture of that timestamp was taken: by sender report where it can be believed. */
  public Instant wallClock(long timestamp, Instant arrival) {
    return senderClock.wallClock(ssrc, timestamp, arrival);
  }

  /** Video packets taken so far. */
  public long received() {
    return received;
  }

  /** Packets missing so far. */
  public long lost() {
    return lost;
  }
}
