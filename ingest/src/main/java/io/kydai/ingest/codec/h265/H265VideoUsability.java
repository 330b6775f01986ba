package io.kydai.ingest.codec.h265;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;

/**
 * Reads a sequence parameter set from its coding block sizes to the pixel aspect ratio of its video
 * usability information (ITU-T H.265, sections 7.3.2.2.1, 7.3.4, 7.3.7 and E.2.1).
 */
final class H265VideoUsability {
  private static final int MAX_SETS = 64;
  private static final int MAX_PICTURES = 16;
  private static final int MAX_LONG_TERM = 32;

  private H265VideoUsability() {}

  /**
   * Reads the pixel aspect ratio.
   *
   * @param in a reader that is positioned after the ordering information of the sub-layers
   * @param orderBits the number of bits of {@code slice_pic_order_cnt_lsb}
   * @return the ratio; square where it is not given, or a field before it cannot be parsed
   */
  static PixelAspectRatio pixelAspect(BitReader in, int orderBits) {
    try {
      skipTools(in);
      skipReferences(in, orderBits);
      in.skip(2);
      boolean vuiPresent = in.flag();
      boolean aspectRatioPresent = vuiPresent && in.flag();
      if (!aspectRatioPresent) {
        return PixelAspectRatio.SQUARE;
      }
      int idc = in.bits(8);
      return PixelAspectRatio.isExtended(idc)
          ? PixelAspectRatio.declared(in.bits(16), in.bits(16))
          : PixelAspectRatio.ofTable(idc);
    } catch (MalformedBitstreamException e) {
      return PixelAspectRatio.SQUARE;
    }
  }

  private static void skipTools(BitReader in) throws MalformedBitstreamException {
    for (int i = 0; i < 6; i++) {
      in.unsigned(); // sizes of coding and transform blocks
    }
    boolean scalingListsEnabled = in.flag();
    boolean scalingListsPresent = scalingListsEnabled && in.flag();
    if (scalingListsPresent) {
      skipScalingLists(in);
    }
    in.skip(2);
    if (in.flag()) {
      in.skip(8);
      in.unsigned();
      in.unsigned();
      in.skip(1);
    }
  }

  private static void skipScalingLists(BitReader in) throws MalformedBitstreamException {
    for (int size = 0; size < 4; size++) {
      for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
        if (!in.flag()) {
          in.unsigned();
          continue;
        }
        int numbers = Math.min(64, 1 << (4 + 2 * size)) + (size > 1 ? 1 : 0);
        for (int i = 0; i < numbers; i++) {
          in.signed();
        }
      }
    }
  }

  private static void skipReferences(BitReader in, int orderBits)
      throws MalformedBitstreamException {
    int sets = in.unsigned(MAX_SETS, "num_short_term_ref_pic_sets");
    int pictures = 0;
    for (int i = 0; i < sets; i++) {
      pictures = skipShortTerm(in, i, pictures);
    }
    if (in.flag()) {
      int longTerm = in.unsigned(MAX_LONG_TERM, "num_long_term_ref_pics_sps");
      in.skip(longTerm * (orderBits + 1));
    }
  }

  /**
   * Skips {@code st_ref_pic_set(index)} (section 7.3.7).
   *
   * @param before the number of pictures of the previous set
   * @return the number of pictures of this set
   */
  private static int skipShortTerm(BitReader in, int index, int before)
      throws MalformedBitstreamException {
    if (index > 0 && in.flag()) {
      in.skip(1);
      in.unsigned();
      int pictures = 0;
      for (int i = 0; i <= before; i++) {
        boolean usedByThisPicture = in.flag();
        boolean keptForLater = usedByThisPicture || in.flag();
        if (keptForLater) {
          pictures++;
        }
      }
      return pictures;
    }
    int pictures =
        in.unsigned(MAX_PICTURES, "num_negative_pics")
            + in.unsigned(MAX_PICTURES, "num_positive_pics");
    for (int i = 0; i < pictures; i++) {
      in.unsigned();
      in.skip(1);
    }
    return pictures;
  }
}
