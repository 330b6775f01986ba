package io.kydai.ingest.codec.h265;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;

/**
 * The part of a picture parameter set that ingest needs (ITU-T H.265, section 7.3.2.3.1).
 *
 * @param id {@code pps_pic_parameter_set_id}, 0 to 63
 * @param sequenceId {@code pps_seq_parameter_set_id} of the SPS to which it refers, 0 to 15
 */
public record H265PictureParameterSet(int id, int sequenceId) {
  /**
   * Parses a NAL unit.
   *
   * @param nal the NAL unit with its two-byte header, without start code
   * @throws MalformedBitstreamException when it is not a picture parameter set or ends too early
   */
  public static H265PictureParameterSet parse(byte[] nal) throws MalformedBitstreamException {
    if (nal.length < 3 || NalUnitTypes.type(nal[0]) != NalUnitTypes.PICTURE_PARAMETER_SET) {
      throw new MalformedBitstreamException("is not a picture parameter set");
    }
    BitReader in = new BitReader(nal, 2);
    return new H265PictureParameterSet(
        in.unsigned(63, "pps_pic_parameter_set_id"), in.unsigned(15, "pps_seq_parameter_set_id"));
  }
}
