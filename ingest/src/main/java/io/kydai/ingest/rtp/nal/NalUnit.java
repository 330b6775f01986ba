package io.kydai.ingest.rtp.nal;

/**
 * The classification of a NAL unit: what a {@link NalClassifier} reads in its first bytes.
 *
 * @param role how the NAL unit is treated
 * @param firstSlice for a slice, whether it is the first of its picture
 * @param keyFrame for a slice, whether its picture is a key picture, at which decoding can begin
 *     (IDR in H.264, IRAP in H.265)
 * @param openGop for a slice of a key picture, whether it begins an open GOP: pictures may follow
 *     that are shown before it and refer to pictures before it (CRA in H.265)
 * @param intra for a slice, whether it refers to no other picture
 * @param pictureParameterSet for a slice, the id of its picture parameter set
 */
record NalUnit(
    Role role,
    boolean firstSlice,
    boolean keyFrame,
    boolean openGop,
    boolean intra,
    int pictureParameterSet) {

  /** The way in which a NAL unit is treated. */
  enum Role {
    /** A VPS or PPS, which is delivered separately from the access unit. */
    PARAMETER_SET,

    /**
     * An SPS, which is delivered like the other parameter sets and marks a possible decoder start.
     */
    SEQUENCE_PARAMETER_SET,

    /** A slice or slice segment with its header. */
    SLICE,

    /**
     * A slice of a RASL picture, which cannot be decoded when decoding began at the key picture
     * before.
     */
    SKIPPED_LEADING_SLICE,

    /**
     * An SEI message with a recovery point: decoding may begin here, with incomplete pictures at
     * first.
     */
    RECOVERY_POINT,

    /** Any other NAL unit that belongs to the access unit. */
    OTHER,

    /** A NAL unit without information that is needed; it is dropped. */
    IGNORED,

    /** An end of sequence, which is dropped; the next key picture begins another coded sequence. */
    END_OF_SEQUENCE,

    /** A slice whose header cannot be parsed; it is dropped and its picture is damaged. */
    UNREADABLE
  }

  private static final NalUnit[] WITHOUT_SLICE = new NalUnit[Role.values().length];

  static {
    for (Role role : Role.values()) {
      WITHOUT_SLICE[role.ordinal()] = new NalUnit(role, false, false, false, false, 0);
    }
  }

  /** Returns the classification of a NAL unit that is no slice. */
  static NalUnit of(Role role) {
    return WITHOUT_SLICE[role.ordinal()];
  }
}
