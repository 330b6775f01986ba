package io.kydai.ingest.codec.h264;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;

/**
 * The beginning of a slice (ITU-T H.264, section 7.3.3).
 *
 * @param firstMacroblock {@code first_mb_in_slice}: 0 where a picture begins
 * @param bidirectional whether it is a B slice
 * @param intra whether it refers to no other picture (I or SI)
 * @param pictureParameterSet {@code pic_parameter_set_id}, 0 to 255
 */
public record H264SliceHeader(
    int firstMacroblock, boolean bidirectional, boolean intra, int pictureParameterSet) {
  /**
   * @param nal with its header byte; the first 16 bytes suffice
   * @throws MalformedBitstreamException when it ends early or holds an impossible id
   */
  public static H264SliceHeader parse(byte[] nal) throws MalformedBitstreamException {
    BitReader in = new BitReader(nal);
    int first = in.unsigned();
    int type = in.unsigned(9, "slice_type") % 5;
    boolean intra = type == 2 || type == 4;
    return new H264SliceHeader(first, type == 1, intra, in.unsigned(255, "pic_parameter_set_id"));
  }
}
