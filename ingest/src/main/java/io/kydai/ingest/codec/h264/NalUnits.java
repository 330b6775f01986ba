package io.kydai.ingest.codec.h264;

import java.util.Arrays;

/** The types of NAL units (ITU-T H.264, table 7-1) that ingest tells apart. */
public final class NalUnits {
  /** A slice of a picture that is no IDR picture. */
  public static final int SLICE = 1;

  /** Where slices are parted by importance, the part with their headers. */
  public static final int DATA_PARTITION_A = 2;

  /** The last type of slices: 1 to 5 are pictures' own data. */
  public static final int IDR_SLICE = 5;

  /** Supplemental enhancement information (SEI). */
  public static final int SUPPLEMENT = 6;

  public static final int SEQUENCE_PARAMETER_SET = 7;
  public static final int PICTURE_PARAMETER_SET = 8;
  public static final int ACCESS_UNIT_DELIMITER = 9;
  public static final int END_OF_SEQUENCE = 10;
  public static final int END_OF_STREAM = 11;
  public static final int FILLER = 12;

  private static final int FIRST_OF_RTP = 24;

  private NalUnits() {}

  /** The type in a NAL unit's header byte, 0 to 31. */
  public static int type(byte header) {
    return header & 0x1f;
  }

  /** Whether units of this type carry a picture's own data (video coding layer). */
  public static boolean isPicture(int type) {
    return type >= SLICE && type <= IDR_SLICE;
  }

  /** Whether the standard says nothing of this type: 0, and what RTP uses for itself. */
  public static boolean isUnspecified(int type) {
    return type == 0 || type >= FIRST_OF_RTP;
  }

  /**
   * Cuts off the zero bytes, and a stray start code, that some cameras leave behind a parameter
   * set. A NAL unit never ends with a zero byte (section 7.4.1), so nothing real is lost.
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
