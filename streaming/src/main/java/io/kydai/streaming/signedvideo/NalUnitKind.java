package io.kydai.streaming.signedvideo;

import java.nio.ByteBuffer;

/** What a NAL unit is to a signature (Media Signing Specification, section 5.3). */
enum NalUnitKind {
  /** The first slice of a picture with which a group of pictures begins. */
  GROUP_START,
  /** Any other slice of a coded picture (VCL). */
  SLICE,
  /** Supplemental enhancement information, which may be a signing document. */
  SEI,
  /** What is not signed. */
  OTHER;

  private static final int MOST_H265_SLICES = 31;
  private static final int FIRST_H265_IRAP = 16;
  private static final int LAST_H265_IRAP = 21;

  static NalUnitKind of(byte[] nal, boolean h265) {
    return of(ByteBuffer.wrap(nal), h265);
  }

  /** Of a NAL unit that is all of a buffer, which is not moved. */
  static NalUnitKind of(ByteBuffer nal, boolean h265) {
    int header = h265 ? 2 : 1;
    if (nal.limit() <= header) {
      return OTHER;
    }
    // first_mb_in_slice is 0, or first_slice_segment_in_pic_flag is set.
    boolean first = (nal.get(header) & 0x80) != 0;
    if (h265) {
      int type = nal.get(0) >> 1 & 0x3f;
      if (type == 39 || type == 40) {
        return SEI;
      }
      boolean start = type >= FIRST_H265_IRAP && type <= LAST_H265_IRAP;
      return type > MOST_H265_SLICES ? OTHER : start && first ? GROUP_START : SLICE;
    }
    int type = nal.get(0) & 0x1f;
    return switch (type) {
      case 1, 2, 3, 4 -> SLICE;
      case 5 -> first ? GROUP_START : SLICE;
      case 6 -> SEI;
      default -> OTHER;
    };
  }
}
