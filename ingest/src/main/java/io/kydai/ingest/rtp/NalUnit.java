package io.kydai.ingest.rtp;

/**
 * What a NAL unit is to the access unit that it lies in: what a {@link NalClassifier} finds in its
 * first bytes.
 *
 * @param begins of a slice: whether it is the first of its picture
 * @param key of a slice: whether decoding can begin at its picture and all that follows it can be
 *     decoded (IDR of H.264, IRAP of H.265)
 * @param open of a key slice: whether pictures may follow that are shown before it and refer to
 *     what was before it (CRA of H.265)
 * @param intra of a slice: whether it refers to no other picture
 * @param pictureParameterSet of a slice: the id that it names
 */
record NalUnit(
    Role role, boolean begins, boolean key, boolean open, boolean intra, int pictureParameterSet) {

  /** How it is treated. */
  enum Role {
    /** VPS or PPS: travels apart from the access unit. */
    PARAMETER_SET,

    /** SPS: as a parameter set; it says that a decoder may want to begin here. */
    SEQUENCE_PARAMETER_SET,

    /** A slice, or slice segment, with its header. */
    SLICE,

    /** A slice of a picture that cannot be decoded where decoding began just before (RASL). */
    SKIPPED_LEADING_SLICE,

    /** A message that decoding may begin here, though not at once with whole pictures. */
    RECOVERY_POINT,

    /** Belongs to the access unit. */
    PART,

    /** Says nothing that is not known otherwise: left out. */
    LEFT_OUT,

    /** As that; the next key picture begins another coded sequence. */
    END_OF_SEQUENCE,

    /** A slice whose header cannot be read: left out, and its picture is damaged. */
    UNREADABLE
  }

  private static final NalUnit[] WITHOUT_SLICE = new NalUnit[Role.values().length];

  static {
    for (Role role : Role.values()) {
      WITHOUT_SLICE[role.ordinal()] = new NalUnit(role, false, false, false, false, 0);
    }
  }

  /** One that is no slice. */
  static NalUnit of(Role role) {
    return WITHOUT_SLICE[role.ordinal()];
  }
}
