package io.kydai.ingest.rtp;

import io.kydai.ingest.h264.MalformedBitstreamException;
import io.kydai.ingest.h264.NalUnits;
import io.kydai.ingest.h264.SliceHeader;
import io.netty.buffer.ByteBuf;

/**
 * Takes NAL units of H.264 out of RTP payloads (RFC 6184) in the modes 0 and 1: single NAL units,
 * STAP-A and FU-A. A {@link PictureAssembler} makes pictures of them.
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

  private final PictureAssembler pictures;

  public H264Depacketizer(PictureReceiver receiver) {
    pictures = new PictureAssembler(receiver, new Unpacker());
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
    @Override
    public void unpack(ByteBuf payload, PictureAssembler to) throws MediaException {
      int start = payload.readerIndex();
      int size = payload.readableBytes();
      int type = NalUnits.type(payload.getByte(start));
      if (type == FU_A) {
        fragment(payload, start, size, to);
      } else if (type == STAP_A) {
        aggregate(payload, start + 1, size - 1, to);
      } else if (type > STAP_A && type <= FU_B) {
        throw new MediaException(
            "sends interleaved H.264 packets (type " + type + "), which were not agreed on");
      } else if (type == 0 || type > FU_B) {
        to.unfinished();
        to.damage();
      } else {
        to.whole(payload, start, size);
      }
    }

    private static void aggregate(ByteBuf payload, int start, int size, PictureAssembler to)
        throws MediaException {
      to.unfinished();
      int at = start;
      int end = start + size;
      while (at < end) {
        int length = end - at < 2 ? 0 : payload.getUnsignedShort(at);
        at += 2;
        if (length == 0 || length > end - at) {
          to.damage();
          return;
        }
        to.whole(payload, at, length);
        at += length;
      }
    }

    private static void fragment(ByteBuf payload, int start, int size, PictureAssembler to)
        throws MediaException {
      if (size < 2) {
        to.unfinished();
        to.damage();
        return;
      }
      byte indicator = payload.getByte(start);
      byte header = payload.getByte(start + 1);
      byte[] whole = {(byte) (indicator & 0xe0 | header & 0x1f)};
      boolean first = (header & 0x80) != 0;
      boolean last = (header & 0x40) != 0;
      to.fragment(first, last, whole, payload, start + 2, size - 2);
    }

    @Override
    public void nalEnded(int start, PictureAssembler to) {
      NalBuffer nals = to.nals();
      int type = NalUnits.type(nals.header(start));
      switch (type) {
        case NalUnits.SEQUENCE_PARAMETER_SET, NalUnits.PICTURE_PARAMETER_SET ->
            to.parameterSet(start);
        case NalUnits.ACCESS_UNIT_DELIMITER,
            NalUnits.END_OF_SEQUENCE,
            NalUnits.END_OF_STREAM,
            NalUnits.FILLER ->
            nals.dropLast(start);
        default -> {
          if (NalUnits.isPicture(type) && to.isPictureExpected()) {
            slice(type, start, to);
          }
        }
      }
    }

    private static void slice(int type, int start, PictureAssembler to) {
      try {
        SliceHeader slice = SliceHeader.parse(to.nals().head(start));
        boolean key = type == NalUnits.IDR_SLICE;
        to.slice(key, slice.firstMacroblock() == 0, slice.pictureParameterSet());
      } catch (MalformedBitstreamException e) {
        to.nals().dropLast(start);
        to.damage();
      }
    }
  }
}
