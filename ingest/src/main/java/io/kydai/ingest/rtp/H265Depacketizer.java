package io.kydai.ingest.rtp;

import io.kydai.ingest.h264.MalformedBitstreamException;
import io.kydai.ingest.h265.NalUnitTypes;
import io.kydai.ingest.h265.SliceHeader;
import io.netty.buffer.ByteBuf;

/**
 * Takes NAL units of H.265 out of RTP payloads (RFC 7798): single NAL units, aggregation packets
 * (AP), fragmentation units (FU), and each of these inside a PACI packet. A {@link
 * PictureAssembler} makes pictures of them.
 *
 * <p>Pictures that refer to what was before the key frame at which the stream begins, or goes on
 * after a loss (RASL pictures; ITU-T H.265, 8.1.3), are left out: they cannot be decoded, and that
 * is no loss. So are all layers but the base layer.
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

  private final PictureAssembler pictures;

  /**
   * @param numbered whether payloads hold decoding order numbers, as they do when {@code
   *     sprop-max-don-diff} is above 0
   */
  public H265Depacketizer(PictureReceiver receiver, boolean numbered) {
    pictures = new PictureAssembler(receiver, new Unpacker(numbered));
  }

  @Override
  public void lost() {
    pictures.lost();
  }

  @Override
  public void accept(RtpPacket packet) throws MediaException {
    pictures.accept(packet);
  }

  private static final class Unpacker implements PictureAssembler.Unpacking {
    private final boolean numbered;
    private boolean hasNumber;
    private int number;

    /** Until the next picture that can refer to all that is before it. */
    private boolean skipping = true;

    /** Whether the sequence ended, so that the next key frame begins another one. */
    private boolean sequenceEnded = true;

    Unpacker(boolean numbered) {
      this.numbered = numbered;
    }

    @Override
    public void unpack(ByteBuf payload, PictureAssembler to) throws MediaException {
      int start = payload.readerIndex();
      int end = payload.writerIndex();
      if (end - start <= HEADER) {
        broken(to);
        return;
      }
      byte first = payload.getByte(start);
      byte second = payload.getByte(start + 1);
      if (NalUnitTypes.type(first) != PACI) {
        structure(first, second, payload, start + HEADER, end, to);
        return;
      }
      // Section 4.4.4: its payload has lost its header to A and cType, the rest is in ours.
      if (end - start < HEADER + 2) {
        broken(to);
        return;
      }
      int fields = payload.getUnsignedShort(start + HEADER);
      byte inner = (byte) ((fields & 0xfe00) >> 8 | first & 1);
      int at = start + HEADER + 2 + (fields >> 4 & 0x1f);
      if (at >= end || NalUnitTypes.type(inner) == PACI) {
        broken(to);
        return;
      }
      structure(inner, second, payload, at, end, to);
    }

    private static void broken(PictureAssembler to) {
      to.unfinished();
      to.damage();
    }

    /** What stands behind the two header bytes, from {@code at} to {@code end}. */
    private void structure(
        byte first, byte second, ByteBuf payload, int at, int end, PictureAssembler to)
        throws MediaException {
      int type = NalUnitTypes.type(first);
      if (type == AP) {
        aggregate(payload, at, end, to);
      } else if (type == FU) {
        fragment(first, second, payload, at, end, to);
      } else if (type > PACI) {
        broken(to);
      } else {
        int content = numbered ? numberAt(payload, at, end) : at;
        if (content >= end) {
          broken(to);
          return;
        }
        byte[] header = {first, second};
        to.fragment(true, true, header, payload, content, end - content);
      }
    }

    private void aggregate(ByteBuf payload, int start, int end, PictureAssembler to)
        throws MediaException {
      to.unfinished();
      int at = numbered ? numberAt(payload, start, end) : start;
      while (at < end) {
        int length = end - at < 2 ? 0 : payload.getUnsignedShort(at);
        at += 2;
        if (length <= HEADER || length > end - at) {
          to.damage();
          return;
        }
        to.whole(payload, at, length);
        at += length;
        if (numbered && at < end) {
          order(number + payload.getUnsignedByte(at) + 1);
          at++;
        }
      }
    }

    private void fragment(
        byte first, byte second, ByteBuf payload, int at, int end, PictureAssembler to)
        throws MediaException {
      byte header = payload.getByte(at);
      boolean begins = (header & 0x80) != 0;
      boolean ends = (header & 0x40) != 0;
      int content = begins && numbered ? numberAt(payload, at + 1, end) : at + 1;
      if (content > end) {
        broken(to);
        return;
      }
      byte[] whole = {(byte) (first & 0x81 | (header & 0x3f) << 1), second};
      to.fragment(begins, ends, whole, payload, content, end - content);
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

    @Override
    public void nalEnded(int start, PictureAssembler to) {
      NalBuffer nals = to.nals();
      byte[] head = nals.head(start);
      int type = NalUnitTypes.type(head[0]);
      boolean baseLayer = head.length > HEADER && (head[0] & 1) == 0 && (head[1] & 0xf8) == 0;
      if (!baseLayer) {
        nals.dropLast(start);
        return;
      }
      switch (type) {
        case NalUnitTypes.VIDEO_PARAMETER_SET,
            NalUnitTypes.SEQUENCE_PARAMETER_SET,
            NalUnitTypes.PICTURE_PARAMETER_SET ->
            to.parameterSet(start);
        case NalUnitTypes.END_OF_SEQUENCE, NalUnitTypes.END_OF_BITSTREAM -> {
          sequenceEnded = true;
          nals.dropLast(start);
        }
        case NalUnitTypes.ACCESS_UNIT_DELIMITER, NalUnitTypes.FILLER -> nals.dropLast(start);
        default -> {
          if (NalUnitTypes.isPicture(type)) {
            slice(type, start, head, to);
          }
        }
      }
    }

    private void slice(int type, int start, byte[] head, PictureAssembler to) {
      if (skipping && NalUnitTypes.isSkippedAtStart(type)) {
        to.nals().dropLast(start);
        return;
      }
      if (!to.isPictureExpected()) {
        return;
      }
      try {
        SliceHeader slice = SliceHeader.parse(head);
        boolean key = NalUnitTypes.isKey(type);
        if (key) {
          skipping = sequenceEnded || to.afterLoss() || type != NalUnitTypes.CRA;
          sequenceEnded = false;
        }
        to.slice(key, slice.first(), slice.pictureParameterSet());
      } catch (MalformedBitstreamException e) {
        to.nals().dropLast(start);
        to.damage();
      }
    }
  }
}
