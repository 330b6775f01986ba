package io.kydai.ingest.rtp.nal;

import io.kydai.ingest.codec.h265.NalUnitTypes;
import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/**
 * Extracts H.265 NAL units from RTP payloads (RFC 7798): single NAL units, aggregation packets
 * (AP), fragmentation units (FU), and each of these inside a PACI packet. An {@link
 * AccessUnitAssembler} makes pictures of them. Start codes, which some cameras leave before or
 * between NAL units, are recognised and removed.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>all NAL units of a picture</td><td>8 MiB</td><td>{@link MediaException}</td></tr>
 * <tr><td>decoding order numbers (DONL, DOND)</td><td>in ascending order</td>
 *     <td>{@link MediaException}: NAL units are not reordered</td></tr>
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

  private final AccessUnitAssembler assembler;
  private final boolean hasOrderNumbers;
  private boolean hasNumber;
  private int number;

  /**
   * Creates a depacketiser for a camera whose marker bits have not been observed yet.
   *
   * @param hasOrderNumbers as for the other constructor
   */
  public H265Depacketizer(PictureReceiver receiver, boolean hasOrderNumbers) {
    this(receiver, hasOrderNumbers, new MarkerBits());
  }

  /**
   * Creates a depacketiser for one connection.
   *
   * @param hasOrderNumbers whether payloads contain decoding order numbers, which they do when
   *     {@code sprop-max-don-diff} is above 0
   * @param markers what is known about the camera's marker bits, shared by all its connections
   */
  public H265Depacketizer(PictureReceiver receiver, boolean hasOrderNumbers, MarkerBits markers) {
    assembler = new AccessUnitAssembler(receiver, H265NalClassifier.INSTANCE, markers);
    this.hasOrderNumbers = hasOrderNumbers;
  }

  @Override
  public void lost() {
    assembler.lost();
  }

  @Override
  public void accept(RtpPacket packet) throws MediaException {
    assembler.beginPacket(packet.timestamp());
    if (packet.payload().isReadable()) {
      unpack(packet.payload());
    }
    assembler.endPacket(packet.marker());
  }

  private void unpack(ByteBuf payload) throws MediaException {
    int start = payload.readerIndex();
    int end = payload.writerIndex();
    if (end - start <= HEADER) {
      markDamaged();
      return;
    }
    byte first = payload.getByte(start);
    byte second = payload.getByte(start + 1);
    if (first == 0 && second == 0) {
      // This is a start code: in a header the second byte is not 0, because
      // nuh_temporal_id_plus1 is at least 1 (ITU-T H.265, section 7.4.2.2).
      assembler.addNalUnit(payload, start, end - start);
      return;
    }
    if (NalUnitTypes.type(first) != PACI) {
      structure(first, second, payload, start + HEADER, end);
      return;
    }
    // RFC 7798, section 4.4.4: the inner header's fields are A and cType and the rest of this one.
    if (end - start < HEADER + 2) {
      markDamaged();
      return;
    }
    int fields = payload.getUnsignedShort(start + HEADER);
    byte inner = (byte) ((fields & 0xfe00) >> 8 | first & 1);
    int at = start + HEADER + 2 + (fields >> 4 & 0x1f);
    if (at >= end || NalUnitTypes.type(inner) == PACI) {
      markDamaged();
      return;
    }
    structure(inner, second, payload, at, end);
  }

  private void markDamaged() {
    assembler.dropUnfinished();
    assembler.markDamaged();
  }

  /**
   * Processes the payload structure whose header is {@code first} and {@code second} and whose
   * content is from {@code at} to {@code end}.
   */
  private void structure(byte first, byte second, ByteBuf payload, int at, int end)
      throws MediaException {
    int type = NalUnitTypes.type(first);
    if (type == AP) {
      aggregate(payload, at, end);
    } else if (type == FU) {
      fragment(first, second, payload, at, end);
    } else if (type > PACI) {
      markDamaged();
    } else {
      int content = hasOrderNumbers ? readOrderNumber(payload, at, end) : at;
      if (content >= end) {
        markDamaged();
        return;
      }
      int header = (first & 0xff) << 8 | second & 0xff;
      assembler.addFragment(true, true, header, payload, content, end - content);
    }
  }

  private void aggregate(ByteBuf payload, int start, int end) throws MediaException {
    assembler.dropUnfinished();
    int at = hasOrderNumbers ? readOrderNumber(payload, start, end) : start;
    while (at < end) {
      int length = end - at < 2 ? 0 : payload.getUnsignedShort(at);
      at += 2;
      if (length <= HEADER || length > end - at) {
        assembler.markDamaged();
        return;
      }
      assembler.addNalUnit(payload, at, length);
      at += length;
      if (hasOrderNumbers && at < end) {
        checkOrder(number + payload.getUnsignedByte(at) + 1);
        at++;
      }
    }
  }

  private void fragment(byte first, byte second, ByteBuf payload, int at, int end)
      throws MediaException {
    byte header = payload.getByte(at);
    boolean begins = (header & 0x80) != 0;
    boolean ends = (header & 0x40) != 0;
    int content = begins && hasOrderNumbers ? readOrderNumber(payload, at + 1, end) : at + 1;
    if (content > end) {
      markDamaged();
      return;
    }
    int whole = (first & 0x81 | (header & 0x3f) << 1) << 8 | second & 0xff;
    assembler.addFragment(begins, ends, whole, payload, content, end - content);
  }

  /**
   * Reads a decoding order number and returns the index behind it, which is beyond {@code end} when
   * the number is incomplete.
   */
  private int readOrderNumber(ByteBuf payload, int at, int end) throws MediaException {
    if (end - at >= DECODING_ORDER_NUMBER) {
      checkOrder(payload.getUnsignedShort(at));
    }
    return at + DECODING_ORDER_NUMBER;
  }

  private void checkOrder(int next) throws MediaException {
    if (hasNumber && (short) (next - number) < 0) {
      throw new MediaException("sends H.265 NAL units in another order than that of decoding");
    }
    hasNumber = true;
    number = next & 0xffff;
  }
}
