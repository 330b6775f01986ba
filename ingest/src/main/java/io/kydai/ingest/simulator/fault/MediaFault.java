package io.kydai.ingest.simulator.fault;

/**
 * How a camera puts its pictures into packets otherwise than the standards say.
 *
 * @param tables of {@link Kind#JPEG_TABLES}: how many quantisation tables are sent, 1 to 4
 * @param wide of {@link Kind#JPEG_TABLES}: whether their entries have 16 bits
 * @param every of {@link Kind#JPEG_TABLES}: tables come with each so many-th picture, and the
 *     others refer to them
 */
public record MediaFault(Kind kind, int tables, boolean wide, int every) {
  public enum Kind {
    /** A picture's NAL units come as one, with start codes between them. */
    ANNEX_B,
    /** Each packet has the marker. */
    MARKER_ON_PACKETS,
    /** The last packet of each NAL unit has the marker. */
    MARKER_ON_UNITS,
    /** No packet has the marker. */
    NO_MARKER,
    /** The clip's key pictures are left out, and clients begin where they come in. */
    NO_KEY,
    /** The quantisation tables of JPEG come in another number or width, or only now and then. */
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

  public MediaFault(Kind kind) {
    this(kind, 2, false, 1);
  }
}
