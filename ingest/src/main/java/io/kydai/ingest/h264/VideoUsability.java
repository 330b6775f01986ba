package io.kydai.ingest.h264;

import java.util.OptionalInt;

/** The usability information of a sequence parameter set (ITU-T H.264, annex E.1). */
final class VideoUsability {
  private static final int EXTENDED_ASPECT_RATIO = 255;
  private static final int MOST_REORDERED = 16;

  private VideoUsability() {}

  /**
   * Reads on to {@code max_num_reorder_frames}.
   *
   * @return empty where the bitstream's restrictions are not given
   */
  static OptionalInt reorderDepth(BitReader in) throws MalformedBitstreamException {
    if (in.flag() && in.bits(8) == EXTENDED_ASPECT_RATIO) {
      in.skip(32);
    }
    if (in.flag()) {
      in.skip(1);
    }
    if (in.flag()) {
      in.skip(4);
      if (in.flag()) {
        in.skip(24);
      }
    }
    if (in.flag()) {
      in.unsigned();
      in.unsigned();
    }
    if (in.flag()) {
      in.skip(65);
    }
    boolean buffers = skipReferenceDecoder(in);
    buffers |= skipReferenceDecoder(in);
    in.skip(buffers ? 2 : 1);
    if (!in.flag()) {
      return OptionalInt.empty();
    }
    in.skip(1);
    for (int i = 0; i < 4; i++) {
      in.unsigned();
    }
    return OptionalInt.of(in.unsigned(MOST_REORDERED, "max_num_reorder_frames"));
  }

  /** Annex E.1.2, where its flag says that it is there. */
  private static boolean skipReferenceDecoder(BitReader in) throws MalformedBitstreamException {
    if (!in.flag()) {
      return false;
    }
    int buffers = in.unsigned(31, "cpb_cnt_minus1") + 1;
    in.skip(8);
    for (int i = 0; i < buffers; i++) {
      in.unsigned();
      in.unsigned();
      in.skip(1);
    }
    in.skip(20);
    return true;
  }
}
