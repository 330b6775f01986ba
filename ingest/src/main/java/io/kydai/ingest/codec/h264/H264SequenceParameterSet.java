package io.kydai.ingest.codec.h264;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a sequence parameter set that ingest needs (ITU-T H.264, section 7.3.2.1.1).
 *
 * @param id {@code seq_parameter_set_id}, 0 to 31
 * @param width the width of the picture in pixels, after cropping
 * @param height the height of the picture in pixels, after cropping
 * @param pixelAspect the pixel aspect ratio; square where it is not given
 * @param reorderDepth the number of pictures that may precede a picture in decoding order and
 *     follow it in output order, 0 to 16; null where it is not known
 */
public record H264SequenceParameterSet(
    int id, int width, int height, PixelAspectRatio pixelAspect, @Nullable Integer reorderDepth) {
  private static final int BASELINE = 66;

  /** The profiles that have intra pictures only when {@code constraint_set3_flag} is 1. */
  private static final Set<Integer> MAYBE_INTRA = Set.of(44, 86, 100, 110, 122, 244);

  private static final Set<Integer> WITH_CHROMA_FORMAT =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

  /** The bound of each side, 16,384 pixels, which exceeds the largest side of level 6.2. */
  private static final int MAX_MACROBLOCKS = 1024;

  /**
   * Parses a NAL unit.
   *
   * @param nal the NAL unit with its header byte, without start code
   * @throws MalformedBitstreamException when it is not a sequence parameter set, ends too early, or
   *     has a value out of range
   */
  public static H264SequenceParameterSet parse(byte[] nal) throws MalformedBitstreamException {
    if (nal.length < 4 || NalUnits.type(nal[0]) != NalUnits.SEQUENCE_PARAMETER_SET) {
      throw new MalformedBitstreamException("is not a sequence parameter set");
    }
    BitReader in = new BitReader(nal);
    int profile = in.bits(8);
    int constraints = in.bits(8);
    in.skip(8);
    int id = in.unsigned(31, "seq_parameter_set_id");
    int chroma = 1;
    boolean separatePlanes = false;
    if (WITH_CHROMA_FORMAT.contains(profile)) {
      chroma = in.unsigned(3, "chroma_format_idc");
      separatePlanes = chroma == 3 && in.flag();
      in.unsigned(6, "bit_depth_luma_minus8");
      in.unsigned(6, "bit_depth_chroma_minus8");
      in.skip(1);
      if (in.flag()) {
        skipScalingMatrix(in, chroma == 3 ? 12 : 8);
      }
    }
    in.unsigned(12, "log2_max_frame_num_minus4");
    int orderType = skipPictureOrder(in);
    in.unsigned(16, "max_num_ref_frames");
    in.skip(1);
    int columns = in.unsigned(MAX_MACROBLOCKS - 1, "pic_width_in_mbs_minus1") + 1;
    int rows = in.unsigned(MAX_MACROBLOCKS - 1, "pic_height_in_map_units_minus1") + 1;
    boolean framesOnly = in.flag();
    if (!framesOnly) {
      in.skip(1);
    }
    in.skip(1);
    int width = columns * 16;
    int height = rows * 16 * (framesOnly ? 1 : 2);
    if (in.flag()) {
      // Table 6-1: the crop unit is one or two luma samples, by the chroma format.
      boolean chromaPlanes = chroma != 0 && !separatePlanes;
      int unitX = chromaPlanes && chroma != 3 ? 2 : 1;
      int unitY = (chromaPlanes && chroma == 1 ? 2 : 1) * (framesOnly ? 1 : 2);
      width -= cropped(in, unitX, width);
      height -= cropped(in, unitY, height);
    }
    boolean inOrder =
        profile == BASELINE
            || orderType == 2
            || MAYBE_INTRA.contains(profile) && (constraints & 0x10) != 0;
    H264VideoUsability usability = H264VideoUsability.read(in);
    Integer depth = inOrder ? Integer.valueOf(0) : usability.reorderDepth();
    return new H264SequenceParameterSet(id, width, height, usability.pixelAspect(), depth);
  }

  private static int cropped(BitReader in, int unit, int size) throws MalformedBitstreamException {
    int cropped = (in.unsigned(size, "crop offset") + in.unsigned(size, "crop offset")) * unit;
    if (cropped >= size) {
      throw new MalformedBitstreamException("crops the whole picture");
    }
    return cropped;
  }

  private static int skipPictureOrder(BitReader in) throws MalformedBitstreamException {
    int type = in.unsigned(2, "pic_order_cnt_type");
    if (type == 0) {
      in.unsigned(12, "log2_max_pic_order_cnt_lsb_minus4");
    } else if (type == 1) {
      in.skip(1);
      in.signed();
      in.signed();
      int cycle = in.unsigned(255, "num_ref_frames_in_pic_order_cnt_cycle");
      for (int i = 0; i < cycle; i++) {
        in.signed();
      }
    }
    return type;
  }

  /** Skips scaling lists; a list ends early when its next scale is zero (section 7.3.2.1.1.1). */
  private static void skipScalingMatrix(BitReader in, int lists)
      throws MalformedBitstreamException {
    for (int list = 0; list < lists; list++) {
      if (!in.flag()) {
        continue;
      }
      int next = 8;
      int size = list < 6 ? 16 : 64;
      for (int i = 0; i < size && next != 0; i++) {
        next = (next + in.signed()) & 0xff;
      }
    }
  }
}
