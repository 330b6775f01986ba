package io.kydai.ingest.rtp.frame;

import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.FrameReceiver;
import io.kydai.ingest.rtp.packet.RtpPacket;

/**
 * Delivers each payload unchanged, for G.711 audio (RFC 3551, section 4.5.14), where each packet is
 * complete in itself. A payload has at most 64 KiB, the limit of an RTP packet.
 */
public final class PlainDepacketizer implements Depacketizer {
  private final FrameReceiver receiver;
  private boolean loss = true;

  /** Creates a depacketiser for one track. */
  public PlainDepacketizer(FrameReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public void lost() {
    loss = true;
  }

  @Override
  public void accept(RtpPacket packet) {
    byte[] data = new byte[packet.payload().readableBytes()];
    if (data.length > 0) {
      packet.payload().getBytes(packet.payload().readerIndex(), data);
      receiver.onFrame(packet.timestamp(), loss, data);
      loss = false;
    }
  }
}
