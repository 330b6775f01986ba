package io.kydai.ingest.h264;

/** The part of an SPS that says how a stream behaves (VUI; ITU-T H.264, annex E.1). */
final class VideoUsability {
  private static final int EXTENDED_ASPECT_RATIO = 255;

  private VideoUsability() {}

  /**
   * Whether it restricts how many pictures are reordered ({@code bitstream_restriction_flag}).
   *
   * @param in stands at {@code aspect_ratio_info_present_flag}
   */
  static boolean restrictsReordering(BitReader in) throws MalformedBitstreamException {
    if (in.flag() && in.bits(8) == EXTENDED_ASPECT_RATIO) {
      in.skip(32);
    }
    if (in.flag()) {
      in.skip(1); // overscan
    }
    if (in.flag()) {
      in.skip(4); // video format and range
      if (in.flag()) {
        in.skip(24);
      }
    }
    if (in.flag()) {
      in.unsigned(); // chroma sample locations
      in.unsigned();
    }
    if (in.flag()) {
      in.skip(65); // timing
    }
    boolean nal = in.flag();
    if (nal) {
      skipReferenceDecoder(in);
    }
    boolean vcl = in.flag();
    if (vcl) {
      skipReferenceDecoder(in);
    }
    if (nal || vcl) {
      in.skip(1);
    }
    in.skip(1);
    return in.flag();
  }

  /** Hypothetical reference decoder parameters (annex E.1.2). */
  private static void skipReferenceDecoder(BitReader in) throws MalformedBitstreamException {
    int count = in.unsigned(31, "cpb_cnt_minus1") + 1;
    in.skip(8);
    for (int i = 0; i < count; i++) {
      in.unsigned();
      in.unsigned();
      in.skip(1);
    }
    in.skip(20);
  }
}
