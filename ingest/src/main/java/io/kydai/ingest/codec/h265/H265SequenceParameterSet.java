package io.kydai.ingest.codec.h265;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;

/**
 * The part of a sequence parameter set that ingest needs (ITU-T H.265, section 7.3.2.2.1).
 *
 * @param id {@code sps_seq_parameter_set_id}, 0 to 15
 * @param videoId which video parameter set it refers to, 0 to 15
 * @param subLayers temporal ones, 1 to 7
 * @param chromaFormat 0 (grey) to 3 (4:4:4)
 * @param width of the picture in pixels, within the conformance window
 * @param height of the picture in pixels, within the conformance window
 * @param lumaBits of a sample, 8 to 16
 * @param chromaBits of a sample, 8 to 16
 * @param reorderedPictures how many pictures may precede one in decoding order and follow it in
 *     presentation ({@code sps_max_num_reorder_pics} of the highest sub-layer), 0 to 15
 * @param pixelAspect square where it is not told
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

  /** Beyond level 6.2's largest side, and small enough that nothing overflows. */
  private static final int MAX_SIDE = 16_888;

  /**
   * @param nal with its header, without start code
   * @throws MalformedBitstreamException when it is none, ends early, or gives an impossible size
   */
  public static H265SequenceParameterSet parse(byte[] nal) throws MalformedBitstreamException {
    if (nal.length <= HEADER || NalUnitTypes.type(nal[0]) != NalUnitTypes.SEQUENCE_PARAMETER_SET) {
      throw new MalformedBitstreamException("is no sequence parameter set");
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
    boolean planesApart = chroma == 3 && in.flag();
    int width = in.unsigned(MAX_SIDE, "pic_width_in_luma_samples");
    int height = in.unsigned(MAX_SIDE, "pic_height_in_luma_samples");
    if (in.flag()) {
      // Table 6-1: chroma samples are as wide (high) as one or two luma samples.
      boolean together = !planesApart;
      int unitX = together && (chroma == 1 || chroma == 2) ? 2 : 1;
      int unitY = together && chroma == 1 ? 2 : 1;
      width -= unitX * (cropping(in) + cropping(in));
      height -= unitY * (cropping(in) + cropping(in));
    }
    if (width < 1 || height < 1) {
      throw new MalformedBitstreamException("leaves nothing of its picture");
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
