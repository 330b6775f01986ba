package io.kydai.ingest.codec.h264;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;

/**
 * The first fields of a slice header (ITU-T H.264, section 7.3.3).
 *
 * @param firstMacroblock {@code first_mb_in_slice}, which is 0 in the first slice of a picture
 * @param bidirectional whether it is a B slice
 * @param intra whether it is an I or SI slice, which refers to no other picture
 * @param pictureParameterSet {@code pic_parameter_set_id}, 0 to 255
 */
public record H264SliceHeader(
    int firstMacroblock, boolean bidirectional, boolean intra, int pictureParameterSet) {
  /**
   * Parses the beginning of a NAL unit.
   *
   * @param nal the NAL unit with its header byte, of which the first 16 bytes suffice
   * @throws MalformedBitstreamException when it ends too early or has a value out of range
   */
  public static H264SliceHeader parse(byte[] nal) throws MalformedBitstreamException {
    BitReader in = new BitReader(nal);
    int first = in.unsigned();
    int type = in.unsigned(9, "slice_type") % 5;
    boolean intra = type == 2 || type == 4;
    return new H264SliceHeader(first, type == 1, intra, in.unsigned(255, "pic_parameter_set_id"));
  }
}
