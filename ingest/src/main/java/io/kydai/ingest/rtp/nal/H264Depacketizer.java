package io.kydai.ingest.rtp.nal;

import io.kydai.ingest.codec.h264.NalUnits;
import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/**
 * Extracts H.264 NAL units from RTP payloads (RFC 6184) in packetization modes 0 and 1: single NAL
 * units, STAP-A and FU-A. An {@link AccessUnitAssembler} makes pictures of them. Start codes, which
 * some cameras leave before or between NAL units, are recognised and removed.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>all NAL units of a picture</td><td>8 MiB</td><td>{@link MediaException}</td></tr>
 * <tr><td>STAP-B, MTAP, FU-B (mode 2)</td><td>not negotiated</td><td>{@link MediaException}</td>
 *     </tr>
 * <tr><td>other types, aggregates that end early</td><td></td><td>the picture is damaged</td></tr>
 * </table>
 */
public final class H264Depacketizer implements Depacketizer {
  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int FU_B = 29;

  private final AccessUnitAssembler assembler;

  /** Creates a depacketiser for a camera whose marker bits have not been observed yet. */
  public H264Depacketizer(PictureReceiver receiver) {
    this(receiver, new MarkerBits());
  }

  /**
   * Creates a depacketiser for one connection.
   *
   * @param markers what is known about the camera's marker bits, shared by all its connections
   */
  public H264Depacketizer(PictureReceiver receiver, MarkerBits markers) {
    assembler = new AccessUnitAssembler(receiver, H264NalClassifier.INSTANCE, markers);
  }

  @Override
  public void lost() {
    assembler.lost();
  }

  @Override
  public void accept(RtpPacket packet) throws MediaException {
    assembler.beginPacket(packet.timestamp());
    ByteBuf payload = packet.payload();
    if (payload.isReadable()) {
      unpack(payload, payload.readerIndex(), payload.readableBytes());
    }
    assembler.endPacket(packet.marker());
  }

  private void unpack(ByteBuf payload, int start, int size) throws MediaException {
    int type = NalUnits.type(payload.getByte(start));
    if (type == FU_A) {
      fragment(payload, start, size);
    } else if (type == STAP_A) {
      aggregate(payload, start + 1, size - 1);
    } else if (type > STAP_A && type <= FU_B) {
      throw new MediaException(
          "sends interleaved H.264 packets (type " + type + "), which were not agreed on");
    } else if (type > FU_B || type == 0 && !beginsWithStartCode(payload, start, size)) {
      assembler.dropUnfinished();
      assembler.markDamaged();
    } else {
      assembler.addNalUnit(payload, start, size);
    }
  }

  /**
   * Returns whether the payload begins with a start code, that is with at least two zero bytes and
   * a byte of value 1.
   */
  private static boolean beginsWithStartCode(ByteBuf payload, int start, int size) {
    int at = start;
    int end = start + size;
    while (at < end && payload.getByte(at) == 0) {
      at++;
    }
    return at < end && at - start >= StartCodes.LENGTH - 1 && payload.getByte(at) == 1;
  }

  private void aggregate(ByteBuf payload, int start, int size) throws MediaException {
    assembler.dropUnfinished();
    int at = start;
    int end = start + size;
    while (at < end) {
      int length = end - at < 2 ? 0 : payload.getUnsignedShort(at);
      at += 2;
      if (length == 0 || length > end - at) {
        assembler.markDamaged();
        return;
      }
      assembler.addNalUnit(payload, at, length);
      at += length;
    }
  }

  private void fragment(ByteBuf payload, int start, int size) throws MediaException {
    if (size < 2) {
      assembler.dropUnfinished();
      assembler.markDamaged();
      return;
    }
    int indicatorAndHeader = payload.getUnsignedShort(start);
    int whole = indicatorAndHeader >>> 8 & 0xe0 | indicatorAndHeader & 0x1f;
    boolean first = (indicatorAndHeader & 0x80) != 0;
    boolean last = (indicatorAndHeader & 0x40) != 0;
    assembler.addFragment(first, last, whole, payload, start + 2, size - 2);
  }
}
