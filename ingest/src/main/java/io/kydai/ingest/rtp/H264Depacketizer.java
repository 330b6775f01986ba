package io.kydai.ingest.rtp;

import io.kydai.ingest.codec.h264.NalUnits;
import io.netty.buffer.ByteBuf;

/**
 * Takes NAL units of H.264 out of RTP payloads (RFC 6184) in the modes 0 and 1: single NAL units,
 * STAP-A and FU-A. An {@link AccessUnitAssembler} makes pictures of them. Start codes before,
 * between and in place of NAL units are taken for what they are.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>all NAL units of a picture</td><td>8 MiB</td><td>{@link MediaException}</td></tr>
 * <tr><td>STAP-B, MTAP, FU-B (mode 2)</td><td>never agreed on</td><td>{@link MediaException}</td>
 *     </tr>
 * <tr><td>other types, aggregates that end early</td><td></td><td>the picture is damaged</td></tr>
 * </table>
 */
public final class H264Depacketizer implements Depacketizer {
  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int FU_B = 29;

  private final AccessUnitAssembler units;

  /** As the other constructor, for a camera of which nothing is known yet. */
  public H264Depacketizer(PictureReceiver receiver) {
    this(receiver, new MarkerBits());
  }

  /**
   * @param markers the camera's own, over all connections
   */
  public H264Depacketizer(PictureReceiver receiver, MarkerBits markers) {
    units = new AccessUnitAssembler(receiver, H264NalClassifier.INSTANCE, markers);
  }

  @Override
  public void lost() {
    units.lost();
  }

  @Override
  public void accept(RtpPacket packet) throws MediaException {
    units.packet(packet.timestamp());
    ByteBuf payload = packet.payload();
    if (payload.isReadable()) {
      unpack(payload, payload.readerIndex(), payload.readableBytes());
    }
    units.packetEnded(packet.marker());
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
      units.unfinished();
      units.damage();
    } else {
      units.whole(payload, start, size);
    }
  }

  /** Whether nothing but zero bytes stands before a start code's last one. */
  private static boolean beginsWithStartCode(ByteBuf payload, int start, int size) {
    int at = start;
    int end = start + size;
    while (at < end && payload.getByte(at) == 0) {
      at++;
    }
    return at < end && at - start >= StartCodes.LENGTH - 1 && payload.getByte(at) == 1;
  }

  private void aggregate(ByteBuf payload, int start, int size) throws MediaException {
    units.unfinished();
    int at = start;
    int end = start + size;
    while (at < end) {
      int length = end - at < 2 ? 0 : payload.getUnsignedShort(at);
      at += 2;
      if (length == 0 || length > end - at) {
        units.damage();
        return;
      }
      units.whole(payload, at, length);
      at += length;
    }
  }

  private void fragment(ByteBuf payload, int start, int size) throws MediaException {
    if (size < 2) {
      units.unfinished();
      units.damage();
      return;
    }
    byte indicator = payload.getByte(start);
    byte header = payload.getByte(start + 1);
    byte[] whole = {(byte) (indicator & 0xe0 | header & 0x1f)};
    boolean first = (header & 0x80) != 0;
    boolean last = (header & 0x40) != 0;
    units.fragment(first, last, whole, payload, start + 2, size - 2);
  }
}
