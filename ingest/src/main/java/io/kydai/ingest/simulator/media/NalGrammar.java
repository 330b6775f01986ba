package io.kydai.ingest.simulator.media;

/** What tells a {@link NalCutter} where pictures begin: H.264's rules, or H.265's. */
interface NalGrammar {
  /** How a NAL unit belongs to pictures. */
  enum Role {
    /** A parameter set, which stands before its picture. */
    SET,
    /** Stands before its picture, and is kept. */
    BEFORE,
    /** Stands before its picture, and says nothing that RTP does not say: left out. */
    DELIMITER,
    /** A picture's own data. */
    SLICE,
    /** Belongs to the picture before it. */
    AFTER,
    /** Left out. */
    LEFT_OUT
  }

  /**
   * A NAL unit as a cutter sees it.
   *
   * @param set for {@link Role#SET}: its kind and id in one number, which sorts sets as they have
   *     to be sent
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
   * A slice.
   *
   * @param begins whether it is its picture's first
   * @param key whether decoding can start at its picture
   * @param restarts whether the picture order counts anew from here
   * @param bidirectional whether it is of type B
   * @param ordered whether {@code order} is known
   * @param order the picture's place in its sequence as it is shown
   */
  record Slice(
      boolean begins,
      boolean key,
      boolean restarts,
      boolean bidirectional,
      boolean ordered,
      long order) {}

  /**
   * Reads the next NAL unit of the stream, and remembers of it what later ones need.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  Unit read(byte[] nal);
}
