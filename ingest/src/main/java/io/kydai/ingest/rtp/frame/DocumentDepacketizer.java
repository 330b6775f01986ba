package io.kydai.ingest.rtp.frame;

import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.FrameReceiver;
import io.kydai.ingest.rtp.packet.RtpPacket;
import java.io.ByteArrayOutputStream;

/**
 * Reassembles XML documents from RTP payloads (ONVIF Streaming Specification, section 5.2.1.1). The
 * marker bit ends a document.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>a document</td><td>256 KiB</td><td>it is dropped up to its marker</td></tr>
 * <tr><td>a document with missing packets</td><td></td><td>it is dropped</td></tr>
 * </table>
 */
public final class DocumentDepacketizer implements Depacketizer {
  static final int MAX_DOCUMENT = 256 * 1024;

  private final FrameReceiver receiver;
  private ByteArrayOutputStream document = new ByteArrayOutputStream();
  private boolean dropping;
  private boolean loss = true;

  /** Creates a depacketiser for one track. */
  public DocumentDepacketizer(FrameReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public void lost() {
    // The marker may be lost too, so everything up to the next marker is dropped.
    drop();
  }

  private void drop() {
    dropping = true;
    loss = true;
    document = new ByteArrayOutputStream();
  }

  @Override
  public void accept(RtpPacket packet) {
    int size = packet.payload().readableBytes();
    if (size > MAX_DOCUMENT - document.size()) {
      drop();
    }
    if (!dropping) {
      byte[] bytes = new byte[size];
      packet.payload().getBytes(packet.payload().readerIndex(), bytes);
      document.writeBytes(bytes);
    }
    if (packet.marker()) {
      finish(packet.timestamp());
    }
  }

  private void finish(long timestamp) {
    if (!dropping && document.size() > 0) {
      receiver.onFrame(timestamp, loss, document.toByteArray());
      loss = false;
    }
    dropping = false;
    document.reset();
  }
}
