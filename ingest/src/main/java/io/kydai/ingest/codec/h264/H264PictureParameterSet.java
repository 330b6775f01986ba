package io.kydai.ingest.codec.h264;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;

/**
 * The part of a picture parameter set that ingest needs (ITU-T H.264, section 7.3.2.2).
 *
 * @param id {@code pic_parameter_set_id}, 0 to 255
 * @param sequenceId {@code seq_parameter_set_id} of the SPS to which it refers, 0 to 31
 */
public record H264PictureParameterSet(int id, int sequenceId) {
  /**
   * Parses a NAL unit.
   *
   * @param nal the NAL unit with its header byte, without start code
   * @throws MalformedBitstreamException when it is not a picture parameter set or ends too early
   */
  public static H264PictureParameterSet parse(byte[] nal) throws MalformedBitstreamException {
    if (nal.length < 2 || NalUnits.type(nal[0]) != NalUnits.PICTURE_PARAMETER_SET) {
      throw new MalformedBitstreamException("is not a picture parameter set");
    }
    BitReader in = new BitReader(nal);
    return new H264PictureParameterSet(
        in.unsigned(255, "pic_parameter_set_id"), in.unsigned(31, "seq_parameter_set_id"));
  }
}
