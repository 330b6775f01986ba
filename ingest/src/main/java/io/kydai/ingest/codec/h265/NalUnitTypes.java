package io.kydai.ingest.codec.h265;

/** The types of NAL units (ITU-T H.265, table 7-1) that ingest distinguishes. */
public final class NalUnitTypes {
  /** Random access skipped leading pictures, which may refer to pictures before their key frame. */
  public static final int RASL_N = 8;

  public static final int RASL_R = 9;

  /** The first type of the pictures at which decoding can start (IRAP). */
  public static final int FIRST_KEY = 16;

  /** The last type of the pictures at which decoding can start (IRAP). */
  public static final int LAST_KEY = 23;

  /**
   * A clean random access picture, which leading pictures that refer to earlier ones may follow.
   */
  public static final int CRA = 21;

  /** The last type that carries slice data. */
  public static final int LAST_PICTURE = 31;

  public static final int VIDEO_PARAMETER_SET = 32;
  public static final int SEQUENCE_PARAMETER_SET = 33;
  public static final int PICTURE_PARAMETER_SET = 34;
  public static final int ACCESS_UNIT_DELIMITER = 35;
  public static final int END_OF_SEQUENCE = 36;
  public static final int END_OF_BITSTREAM = 37;
  public static final int FILLER = 38;

  /** Supplemental enhancement information (SEI) that precedes its picture. */
  public static final int PREFIX_SEI = 39;

  private NalUnitTypes() {}

  /** Returns {@code nal_unit_type} of the first header byte, 0 to 63. */
  public static int type(byte header) {
    return header >> 1 & 0x3f;
  }

  /** Returns whether NAL units of this type carry slice data (video coding layer). */
  public static boolean isPicture(int type) {
    return type <= LAST_PICTURE;
  }

  /** Returns whether decoding can start at a picture of this type (IRAP). */
  public static boolean isKey(int type) {
    return type >= FIRST_KEY && type <= LAST_KEY;
  }

  /** Returns whether pictures of this type are not decodable when decoding starts at their IRAP. */
  public static boolean isSkippedAtStart(int type) {
    return type == RASL_N || type == RASL_R;
  }
}
