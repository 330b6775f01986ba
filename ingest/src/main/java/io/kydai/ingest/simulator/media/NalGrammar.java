package io.kydai.ingest.simulator.media;

/** The rules of H.264 or H.265 by which a {@link NalCutter} finds the beginning of pictures. */
interface NalGrammar {
  /** The role of a NAL unit. */
  enum Role {
    /** A parameter set, which precedes its picture. */
    SET,
    /** A unit that precedes its picture and is kept, such as an SEI message. */
    BEFORE,
    /** An access unit delimiter, which is dropped because RTP marks the end of pictures. */
    DELIMITER,
    /** A slice of a picture. */
    SLICE,
    /** A unit that belongs to the picture before it. */
    AFTER,
    /** A unit that is dropped. */
    LEFT_OUT
  }

  /**
   * A parsed NAL unit.
   *
   * @param role the role of the unit
   * @param set for {@link Role#SET}, the kind and id in one number that sorts sets in sending order
   * @param slice for {@link Role#SLICE}, the slice
   */
  record Unit(Role role, int set, Slice slice) {
    private static final Slice NO_SLICE = new Slice(false, false, false, false, false, 0);

    static Unit of(Role role) {
      return new Unit(role, 0, NO_SLICE);
    }

    static Unit set(int kind, int id) {
      return new Unit(Role.SET, kind << 8 | id, NO_SLICE);
    }

    static Unit slice(Slice slice) {
      return new Unit(Role.SLICE, 0, slice);
    }
  }

  /**
   * The fields of a slice header that are needed to group pictures.
   *
   * @param begins whether the slice is the first of its picture
   * @param key whether decoding can start at the picture
   * @param restarts whether the picture order count restarts at the picture
   * @param bidirectional whether the slice has type B
   * @param ordered whether {@code order} is known
   * @param order the picture's order count in its sequence
   */
  record Slice(
      boolean begins,
      boolean key,
      boolean restarts,
      boolean bidirectional,
      boolean ordered,
      long order) {}

  /**
   * Parses the next NAL unit of the stream, and stores the parts that later units refer to.
   *
   * @throws IllegalArgumentException when the unit is malformed
   */
  Unit read(byte[] nal);
}
