package io.kydai.ingest.codec.h265;

import io.kydai.ingest.codec.syntax.MalformedBitstreamException;

/**
 * The part of a video parameter set that ingest needs (ITU-T H.265, section 7.3.2.1).
 *
 * @param id {@code vps_video_parameter_set_id}, 0 to 15
 */
public record VideoParameterSet(int id) {
  /**
   * Parses a NAL unit.
   *
   * @param nal the NAL unit with its two-byte header, without start code
   * @throws MalformedBitstreamException when it is not a video parameter set or ends too early
   */
  public static VideoParameterSet parse(byte[] nal) throws MalformedBitstreamException {
    if (nal.length < 3 || NalUnitTypes.type(nal[0]) != NalUnitTypes.VIDEO_PARAMETER_SET) {
      throw new MalformedBitstreamException("is not a video parameter set");
    }
    return new VideoParameterSet(nal[2] >> 4 & 0xf);
  }
}
