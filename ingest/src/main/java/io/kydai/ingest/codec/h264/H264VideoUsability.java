package io.kydai.ingest.codec.h264;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import org.jspecify.annotations.Nullable;

/**
 * The part of the video usability information (VUI) of a sequence parameter set that ingest needs
 * (ITU-T H.264, section E.1.1).
 *
 * @param pixelAspect the pixel aspect ratio; square where it is not given
 * @param reorderDepth {@code max_num_reorder_frames}, 0 to 16; null where it is not given or cannot
 *     be parsed
 */
record H264VideoUsability(PixelAspectRatio pixelAspect, @Nullable Integer reorderDepth) {
  static final H264VideoUsability NONE = new H264VideoUsability(PixelAspectRatio.SQUARE, null);

  private static final int MAX_REORDER_DEPTH = 16;

  /** Reads the VUI; values that cannot be parsed are treated as absent. */
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
        ? PixelAspectRatio.declared(in.bits(16), in.bits(16))
        : PixelAspectRatio.ofTable(idc);
  }

  /** Skips to {@code max_num_reorder_frames} and reads it; returns null where it is absent. */
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
    boolean buffers = skipHrdParameters(in);
    buffers |= skipHrdParameters(in);
    in.skip(buffers ? 2 : 1);
    if (!in.flag()) {
      return null;
    }
    in.skip(1);
    for (int i = 0; i < 4; i++) {
      in.unsigned();
    }
    return in.unsigned(MAX_REORDER_DEPTH, "max_num_reorder_frames");
  }

  /** Skips HRD parameters (section E.1.2) if their flag is set, and returns the flag. */
  private static boolean skipHrdParameters(BitReader in) throws MalformedBitstreamException {
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
