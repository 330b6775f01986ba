package io.kydai.ingest.codec.h264;

import java.util.Arrays;

/** The types of NAL units (ITU-T H.264, table 7-1) that ingest distinguishes. */
public final class NalUnits {
  /** A slice of a picture that is not an IDR picture. */
  public static final int SLICE = 1;

  /** Data partition A, which holds the slice header when slices are data-partitioned. */
  public static final int DATA_PARTITION_A = 2;

  /** A slice of an IDR picture; the last of the types 1 to 5 that carry slice data. */
  public static final int IDR_SLICE = 5;

  /** Supplemental enhancement information (SEI). */
  public static final int SEI = 6;

  public static final int SEQUENCE_PARAMETER_SET = 7;
  public static final int PICTURE_PARAMETER_SET = 8;
  public static final int ACCESS_UNIT_DELIMITER = 9;
  public static final int END_OF_SEQUENCE = 10;
  public static final int END_OF_STREAM = 11;
  public static final int FILLER = 12;

  private static final int FIRST_OF_RTP = 24;

  private NalUnits() {}

  /** Returns {@code nal_unit_type} of a header byte, 0 to 31. */
  public static int type(byte header) {
    return header & 0x1f;
  }

  /** Returns whether NAL units of this type carry slice data (video coding layer). */
  public static boolean isPicture(int type) {
    return type >= SLICE && type <= IDR_SLICE;
  }

  /** Returns whether the standard leaves the type unspecified: 0, and 24 to 31, which RTP uses. */
  public static boolean isUnspecified(int type) {
    return type == 0 || type >= FIRST_OF_RTP;
  }

  /**
   * Returns the NAL unit without the zero bytes and the start code that some cameras append to a
   * parameter set. A valid NAL unit does not end with a zero byte (section 7.4.1), so that no data
   * is lost.
   */
  public static byte[] trimmed(byte[] nal) {
    int end = nal.length;
    if (end >= 4 && nal[end - 1] == 1 && nal[end - 2] == 0 && nal[end - 3] == 0) {
      end -= 3;
    }
    while (end > 1 && nal[end - 1] == 0) {
      end--;
    }
    return end == nal.length ? nal : Arrays.copyOf(nal, end);
  }
}
