package io.kydai.ingest.codec.h265;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;

/**
 * The first fields of a slice segment header (ITU-T H.265, section 7.3.6.1).
 *
 * @param first {@code first_slice_segment_in_pic_flag}, which is set where a picture begins
 * @param pictureParameterSet {@code slice_pic_parameter_set_id}, 0 to 63
 */
public record H265SliceHeader(boolean first, int pictureParameterSet) {
  /**
   * Parses the beginning of a NAL unit.
   *
   * @param nal the NAL unit with its two-byte header, of which the first 16 bytes suffice
   * @throws MalformedBitstreamException when it ends too early or has a value out of range
   */
  public static H265SliceHeader parse(byte[] nal) throws MalformedBitstreamException {
    if (nal.length < 3) {
      throw new MalformedBitstreamException("ends too early");
    }
    BitReader in = new BitReader(nal, 2);
    boolean first = in.flag();
    if (NalUnitTypes.isKey(NalUnitTypes.type(nal[0]))) {
      in.skip(1);
    }
    return new H265SliceHeader(first, in.unsigned(63, "slice_pic_parameter_set_id"));
  }
}
