package io.kydai.ingest.simulator.fault;

/**
 * A deviation from the standards in how a camera puts pictures into packets.
 *
 * @param kind the kind of deviation
 * @param tables for {@link Kind#JPEG_TABLES}, the number of quantisation tables that are sent, 1 to
 *     4
 * @param wide for {@link Kind#JPEG_TABLES}, whether the tables' entries have 16 bits instead of 8
 * @param every for {@link Kind#JPEG_TABLES}, the number of pictures from one with tables to the
 *     next; the pictures between them refer to the earlier tables
 */
public record MediaFault(Kind kind, int tables, boolean wide, int every) {
  /** The kinds of deviation. */
  public enum Kind {
    /** All NAL units of a picture are sent as one unit, with start codes between them. */
    ANNEX_B,
    /** Every packet has the marker bit. */
    MARKER_ON_PACKETS,
    /** The last packet of each NAL unit has the marker bit. */
    MARKER_ON_UNITS,
    /** No packet has the marker bit. */
    NO_MARKER,
    /** The clip's key pictures are not sent, and a client's stream begins at any picture. */
    NO_KEY,
    /**
     * JPEG's quantisation tables are sent in another number or width, or not with every picture.
     */
    JPEG_TABLES
  }

  public MediaFault {
    if (tables < 1 || tables > 4) {
      throw new IllegalArgumentException("1 to 4 tables can be sent");
    }
    if (every < 1) {
      throw new IllegalArgumentException("'every' is at least 1");
    }
  }

  /** Creates a deviation with the default parameters: two tables of 8 bits in each picture. */
  public MediaFault(Kind kind) {
    this(kind, 2, false, 1);
  }
}
