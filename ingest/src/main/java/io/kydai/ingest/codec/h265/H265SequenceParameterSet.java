package io.kydai.ingest.codec.h265;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;

/**
 * The part of a sequence parameter set that ingest needs (ITU-T H.265, section 7.3.2.2.1).
 *
 * @param id {@code sps_seq_parameter_set_id}, 0 to 15
 * @param videoId {@code sps_video_parameter_set_id} of the VPS to which it refers, 0 to 15
 * @param subLayers the number of temporal sub-layers, 1 to 7
 * @param temporalNesting {@code sps_temporal_id_nesting_flag}
 * @param profile the profile, tier and level
 * @param chromaFormat {@code chroma_format_idc}, 0 (monochrome) to 3 (4:4:4)
 * @param width the width of the picture in pixels, within the conformance window
 * @param height the height of the picture in pixels, within the conformance window
 * @param lumaBits the bits of a luma sample, 8 to 16
 * @param chromaBits the bits of a chroma sample, 8 to 16
 * @param reorderedPictures the number of pictures that may precede a picture in decoding order and
 *     follow it in output order ({@code sps_max_num_reorder_pics} of the highest sub-layer), 0 to
 *     15
 * @param pixelAspect the pixel aspect ratio; square where it is not given
 */
public record H265SequenceParameterSet(
    int id,
    int videoId,
    int subLayers,
    boolean temporalNesting,
    ProfileTierLevel profile,
    int chromaFormat,
    int width,
    int height,
    int lumaBits,
    int chromaBits,
    int reorderedPictures,
    PixelAspectRatio pixelAspect) {
  private static final int HEADER = 2;

  /** The bound of each side in pixels: the largest side of level 6.2. */
  private static final int MAX_SIDE = 16_888;

  /**
   * Parses a NAL unit.
   *
   * @param nal the NAL unit with its two-byte header, without start code
   * @throws MalformedBitstreamException when it is not a sequence parameter set, ends too early, or
   *     has a value out of range
   */
  public static H265SequenceParameterSet parse(byte[] nal) throws MalformedBitstreamException {
    if (nal.length <= HEADER || NalUnitTypes.type(nal[0]) != NalUnitTypes.SEQUENCE_PARAMETER_SET) {
      throw new MalformedBitstreamException("is not a sequence parameter set");
    }
    BitReader in = new BitReader(nal, HEADER);
    int videoId = in.bits(4);
    int subLayers = in.bits(3) + 1;
    if (subLayers > 7) {
      throw new MalformedBitstreamException("has 8 temporal sub-layers");
    }
    boolean nesting = in.flag();
    ProfileTierLevel profile = ProfileTierLevel.read(in, subLayers);
    int id = in.unsigned(15, "sps_seq_parameter_set_id");
    int chroma = in.unsigned(3, "chroma_format_idc");
    boolean separatePlanes = chroma == 3 && in.flag();
    int width = in.unsigned(MAX_SIDE, "pic_width_in_luma_samples");
    int height = in.unsigned(MAX_SIDE, "pic_height_in_luma_samples");
    if (in.flag()) {
      // Table 6-1: offsets are in units of one or two luma samples, by the chroma format.
      boolean chromaPlanes = !separatePlanes;
      int unitX = chromaPlanes && (chroma == 1 || chroma == 2) ? 2 : 1;
      int unitY = chromaPlanes && chroma == 1 ? 2 : 1;
      width -= unitX * (cropping(in) + cropping(in));
      height -= unitY * (cropping(in) + cropping(in));
    }
    if (width < 1 || height < 1) {
      throw new MalformedBitstreamException("crops the whole picture");
    }
    int lumaBits = in.unsigned(8, "bit_depth_luma_minus8") + 8;
    int chromaBits = in.unsigned(8, "bit_depth_chroma_minus8") + 8;
    int orderBits = in.unsigned(12, "log2_max_pic_order_cnt_lsb_minus4") + 4;
    boolean eachSubLayer = in.flag();
    int reordered = 0;
    for (int i = eachSubLayer ? 0 : subLayers - 1; i < subLayers; i++) {
      in.unsigned(15, "sps_max_dec_pic_buffering_minus1");
      reordered = in.unsigned(15, "sps_max_num_reorder_pics");
      in.unsigned();
    }
    return new H265SequenceParameterSet(
        id,
        videoId,
        subLayers,
        nesting,
        profile,
        chroma,
        width,
        height,
        lumaBits,
        chromaBits,
        reordered,
        H265VideoUsability.pixelAspect(in, orderBits));
  }

  private static int cropping(BitReader in) throws MalformedBitstreamException {
    return in.unsigned(MAX_SIDE, "conf_win_offset");
  }
}
