package io.kydai.ingest.simulator.media;

/**
 * The way in which a camera puts pictures into RTP packets.
 *
 * @param fragments whether NAL units that do not fit are sent as FU-A (RFC 6184, packetization mode
 *     1; always so for H.265). If false, H.264 is sent in mode 0, and a clip with a NAL unit beyond
 *     {@code largest} is refused
 * @param aggregates whether small NAL units share packets, as STAP-A (RFC 6184) or AP (RFC 7798)
 * @param decodingOrderNumbers whether H.265's packets carry DONL and DOND (RFC 7798, section 4.4).
 *     The numbers restart with each round of the clip
 * @param paci whether H.265's packets are wrapped into PACI packets with temporal scalability
 *     control information (RFC 7798, section 4.4.4)
 * @param largest the largest payload of a packet in bytes, 64 to 65000
 */
public record Packetization(
    boolean fragments,
    boolean aggregates,
    boolean decodingOrderNumbers,
    boolean paci,
    int largest) {
  /** A payload that fits into an Ethernet frame with its RTP, UDP and IP headers. */
  private static final int MTU_PAYLOAD = 1400;

  /** One NAL unit or one fragment per packet, as most cameras send. */
  public static final Packetization FRAGMENTS =
      new Packetization(true, false, false, false, MTU_PAYLOAD);

  /** Small NAL units aggregated, large ones in fragments. */
  public static final Packetization AGGREGATES =
      new Packetization(true, true, false, false, MTU_PAYLOAD);

  /** RFC 6184's packetization mode 0, with packets as large as a datagram can be. */
  public static final Packetization SINGLE_NAL_UNITS =
      new Packetization(false, false, false, false, 65_000);

  public Packetization {
    if (largest < 64 || largest > 65_000) {
      throw new IllegalArgumentException("a packet's payload has 64 to 65000 bytes");
    }
    if (aggregates && !fragments) {
      throw new IllegalArgumentException("packetization mode 0 does not aggregate");
    }
  }

  /** Returns this packetisation with decoding order numbers. */
  public Packetization withDecodingOrderNumbers() {
    return new Packetization(fragments, aggregates, true, paci, largest);
  }

  /** Returns this packetisation with PACI packets. */
  public Packetization withPaci() {
    return new Packetization(fragments, aggregates, decodingOrderNumbers, true, largest);
  }

  /** Returns this packetisation with another limit of the payload, in bytes. */
  public Packetization withLargest(int bytes) {
    return new Packetization(fragments, aggregates, decodingOrderNumbers, paci, bytes);
  }
}
