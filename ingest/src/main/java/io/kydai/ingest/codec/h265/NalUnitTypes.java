package io.kydai.ingest.codec.h265;

/** The types of NAL units (ITU-T H.265, table 7-1) that ingest tells apart. */
public final class NalUnitTypes {
  /** Leading pictures that may refer to what was before the key frame they follow. */
  public static final int RASL_N = 8;

  public static final int RASL_R = 9;

  /** The first and the last type of pictures at which decoding can start (IRAP). */
  public static final int FIRST_KEY = 16;

  public static final int LAST_KEY = 23;

  /** A clean random access: leading pictures that refer to before it may follow. */
  public static final int CRA = 21;

  /** The last type that carries a picture's own data. */
  public static final int LAST_PICTURE = 31;

  public static final int VIDEO_PARAMETER_SET = 32;
  public static final int SEQUENCE_PARAMETER_SET = 33;
  public static final int PICTURE_PARAMETER_SET = 34;
  public static final int ACCESS_UNIT_DELIMITER = 35;
  public static final int END_OF_SEQUENCE = 36;
  public static final int END_OF_BITSTREAM = 37;
  public static final int FILLER = 38;

  /** Supplemental enhancement information (SEI) that stands before its picture. */
  public static final int PREFIX_SUPPLEMENT = 39;

  private NalUnitTypes() {}

  /** The type in a NAL unit's first header byte, 0 to 63. */
  public static int type(byte header) {
    return header >> 1 & 0x3f;
  }

  /** Whether units of this type carry a picture's own data (video coding layer). */
  public static boolean isPicture(int type) {
    return type <= LAST_PICTURE;
  }

  /** Whether decoding can start at a picture of this type. */
  public static boolean isKey(int type) {
    return type >= FIRST_KEY && type <= LAST_KEY;
  }

  /** Whether a picture of this type cannot be decoded when decoding started at its key frame. */
  public static boolean isSkippedAtStart(int type) {
    return type == RASL_N || type == RASL_R;
  }
}
