package io.kydai.ingest.rtp;

import io.kydai.ingest.codec.h265.NalUnitTypes;
import io.netty.buffer.ByteBuf;

/**
 * Takes NAL units of H.265 out of RTP payloads (RFC 7798): single NAL units, aggregation packets
 * (AP), fragmentation units (FU), and each of these inside a PACI packet. An {@link
 * AccessUnitAssembler} makes pictures of them. Start codes before, between and in place of NAL
 * units are taken for what they are.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>all NAL units of a picture</td><td>8 MiB</td><td>{@link MediaException}</td></tr>
 * <tr><td>decoding order numbers (DONL, DOND)</td><td>in rising order</td>
 *     <td>{@link MediaException}: nothing is put back in order</td></tr>
 * <tr><td>PACI inside PACI, other types, aggregates that end early</td><td></td>
 *     <td>the picture is damaged</td></tr>
 * </table>
 */
public final class H265Depacketizer implements Depacketizer {
  private static final int AP = 48;
  private static final int FU = 49;
  private static final int PACI = 50;
  private static final int HEADER = 2;
  private static final int DECODING_ORDER_NUMBER = 2;

  private final AccessUnitAssembler units;
  private final boolean numbered;
  private boolean hasNumber;
  private int number;

  /** As the other constructor, for a camera of which nothing is known yet. */
  public H265Depacketizer(PictureReceiver receiver, boolean numbered) {
    this(receiver, numbered, new MarkerBits());
  }

  /**
   * @param numbered whether payloads hold decoding order numbers, as they do when {@code
   *     sprop-max-don-diff} is above 0
   * @param markers the camera's own, over all connections
   */
  public H265Depacketizer(PictureReceiver receiver, boolean numbered, MarkerBits markers) {
    units = new AccessUnitAssembler(receiver, H265NalClassifier.INSTANCE, markers);
    this.numbered = numbered;
  }

  @Override
  public void lost() {
    units.lost();
  }

  @Override
  public void accept(RtpPacket packet) throws MediaException {
    units.packet(packet.timestamp());
    if (packet.payload().isReadable()) {
      unpack(packet.payload());
    }
    units.packetEnded(packet.marker());
  }

  private void unpack(ByteBuf payload) throws MediaException {
    int start = payload.readerIndex();
    int end = payload.writerIndex();
    if (end - start <= HEADER) {
      broken();
      return;
    }
    byte first = payload.getByte(start);
    byte second = payload.getByte(start + 1);
    if (first == 0 && second == 0) {
      // No header: its temporal id is at least 1 (ITU-T H.265, section 7.4.2.2). A start code.
      units.whole(payload, start, end - start);
      return;
    }
    if (NalUnitTypes.type(first) != PACI) {
      structure(first, second, payload, start + HEADER, end);
      return;
    }
    // Section 4.4.4: its payload has lost its header to A and cType, the rest is in ours.
    if (end - start < HEADER + 2) {
      broken();
      return;
    }
    int fields = payload.getUnsignedShort(start + HEADER);
    byte inner = (byte) ((fields & 0xfe00) >> 8 | first & 1);
    int at = start + HEADER + 2 + (fields >> 4 & 0x1f);
    if (at >= end || NalUnitTypes.type(inner) == PACI) {
      broken();
      return;
    }
    structure(inner, second, payload, at, end);
  }

  private void broken() {
    units.unfinished();
    units.damage();
  }

  /** What stands behind the two header bytes, from {@code at} to {@code end}. */
  private void structure(byte first, byte second, ByteBuf payload, int at, int end)
      throws MediaException {
    int type = NalUnitTypes.type(first);
    if (type == AP) {
      aggregate(payload, at, end);
    } else if (type == FU) {
      fragment(first, second, payload, at, end);
    } else if (type > PACI) {
      broken();
    } else {
      int content = numbered ? numberAt(payload, at, end) : at;
      if (content >= end) {
        broken();
        return;
      }
      byte[] header = {first, second};
      units.fragment(true, true, header, payload, content, end - content);
    }
  }

  private void aggregate(ByteBuf payload, int start, int end) throws MediaException {
    units.unfinished();
    int at = numbered ? numberAt(payload, start, end) : start;
    while (at < end) {
      int length = end - at < 2 ? 0 : payload.getUnsignedShort(at);
      at += 2;
      if (length <= HEADER || length > end - at) {
        units.damage();
        return;
      }
      units.whole(payload, at, length);
      at += length;
      if (numbered && at < end) {
        order(number + payload.getUnsignedByte(at) + 1);
        at++;
      }
    }
  }

  private void fragment(byte first, byte second, ByteBuf payload, int at, int end)
      throws MediaException {
    byte header = payload.getByte(at);
    boolean begins = (header & 0x80) != 0;
    boolean ends = (header & 0x40) != 0;
    int content = begins && numbered ? numberAt(payload, at + 1, end) : at + 1;
    if (content > end) {
      broken();
      return;
    }
    byte[] whole = {(byte) (first & 0x81 | (header & 0x3f) << 1), second};
    units.fragment(begins, ends, whole, payload, content, end - content);
  }

  /** Reads a decoding order number; what is behind it may be behind the end. */
  private int numberAt(ByteBuf payload, int at, int end) throws MediaException {
    if (end - at >= DECODING_ORDER_NUMBER) {
      order(payload.getUnsignedShort(at));
    }
    return at + DECODING_ORDER_NUMBER;
  }

  private void order(int next) throws MediaException {
    if (hasNumber && (short) (next - number) < 0) {
      throw new MediaException("sends H.265 NAL units in another order than that of decoding");
    }
    hasNumber = true;
    number = next & 0xffff;
  }
}
