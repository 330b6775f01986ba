package io.kydai.ingest.codec.h264;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import org.jspecify.annotations.Nullable;

/**
 * The usability information of a sequence parameter set (ITU-T H.264, annex E.1).
 *
 * @param reorderDepth {@code max_num_reorder_frames}; null where it is not given or unreadable
 */
record H264VideoUsability(PixelAspectRatio pixelAspect, @Nullable Integer reorderDepth) {
  static final H264VideoUsability NONE = new H264VideoUsability(PixelAspectRatio.SQUARE, null);

  private static final int MOST_REORDERED = 16;

  /** Reads as far as it can; what cannot be read is as if it were not given. */
  static H264VideoUsability read(BitReader in) {
    PixelAspectRatio aspect = PixelAspectRatio.SQUARE;
    try {
      if (!in.flag()) {
        return NONE;
      }
      aspect = pixelAspect(in);
      return new H264VideoUsability(aspect, reorderDepth(in));
    } catch (MalformedBitstreamException e) {
      return new H264VideoUsability(aspect, null);
    }
  }

  private static PixelAspectRatio pixelAspect(BitReader in) throws MalformedBitstreamException {
    if (!in.flag()) {
      return PixelAspectRatio.SQUARE;
    }
    int idc = in.bits(8);
    return PixelAspectRatio.isExtended(idc)
        ? PixelAspectRatio.told(in.bits(16), in.bits(16))
        : PixelAspectRatio.ofTable(idc);
  }

  /** Reads on to {@code max_num_reorder_frames}. */
  private static @Nullable Integer reorderDepth(BitReader in) throws MalformedBitstreamException {
    if (in.flag()) {
      in.skip(1);
    }
    if (in.flag()) {
      in.skip(4);
      if (in.flag()) {
        in.skip(24);
      }
    }
    if (in.flag()) {
      in.unsigned();
      in.unsigned();
    }
    if (in.flag()) {
      in.skip(65);
    }
    boolean buffers = skipReferenceDecoder(in);
    buffers |= skipReferenceDecoder(in);
    in.skip(buffers ? 2 : 1);
    if (!in.flag()) {
      return null;
    }
    in.skip(1);
    for (int i = 0; i < 4; i++) {
      in.unsigned();
    }
    return in.unsigned(MOST_REORDERED, "max_num_reorder_frames");
  }

  /** Annex E.1.2, where its flag says that it is there. */
  private static boolean skipReferenceDecoder(BitReader in) throws MalformedBitstreamException {
    if (!in.flag()) {
      return false;
    }
    int buffers = in.unsigned(31, "cpb_cnt_minus1") + 1;
    in.skip(8);
    for (int i = 0; i < buffers; i++) {
      in.unsigned();
      in.unsigned();
      in.skip(1);
    }
    in.skip(20);
    return true;
  }
}
