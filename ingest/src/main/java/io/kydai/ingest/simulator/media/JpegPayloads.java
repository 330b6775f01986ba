package io.kydai.ingest.simulator.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a JPEG picture into RTP payloads (RFC 2435, section 3.1), with the quantization tables in
 * the first one (Q = 255), and with a restart marker header when the picture has restart markers.
 */
final class JpegPayloads {
  private static final int IN_BAND_TABLES = 255;
  private static final int WITH_RESTARTS = 64;

  /**
   * The F and L bits with the restart count 0x3fff, for which the receiver assembles whole
   * pictures.
   */
  private static final short WHOLE_PICTURE = (short) 0xffff;

  private JpegPayloads() {}

  static List<byte[]> of(byte[] picture, Packetization how) {
    Jpeg jpeg = Jpeg.parse(picture);
    int restarts = jpeg.restart() > 0 ? 4 : 0;
    List<byte[]> payloads = new ArrayList<>();
    int at = 0;
    do {
      int tables = at == 0 ? 4 + jpeg.tables().length : 0;
      int own = 8 + restarts + tables;
      int length = Math.min(Math.max(1, how.largest() - own), jpeg.scan().length - at);
      ByteBuffer packet = ByteBuffer.allocate(own + length);
      packet
          .putInt(at) // The type-specific byte is 0, and the offset has 24 bits.
          .put((byte) (jpeg.type() + (restarts > 0 ? WITH_RESTARTS : 0)))
          .put((byte) IN_BAND_TABLES)
          .put((byte) jpeg.width())
          .put((byte) jpeg.height());
      if (restarts > 0) {
        packet.putShort((short) jpeg.restart()).putShort(WHOLE_PICTURE);
      }
      if (tables > 0) {
        packet.putShort((short) 0).putShort((short) jpeg.tables().length).put(jpeg.tables());
      }
      payloads.add(packet.put(jpeg.scan(), at, length).array());
      at += length;
    } while (at < jpeg.scan().length);
    return payloads;
  }
}
