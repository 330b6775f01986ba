package io.kydai.ingest.rtp;

/**
 * Hands on each payload as it is: G.711 (RFC 3551, section 4.5.14), whose packets are whole by
 * themselves. An RTP packet, and with it a payload, has 64 KiB at most.
 */
public final class PlainDepacketizer implements Depacketizer {
  private final FrameReceiver receiver;
  private boolean loss = true;

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
