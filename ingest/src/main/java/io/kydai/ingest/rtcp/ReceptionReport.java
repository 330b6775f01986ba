package io.kydai.ingest.rtcp;

/**
 * A reception report block about one source (RFC 3550, section 6.4.1).
 *
 * @param ssrc the source's SSRC
 * @param fractionLost the fraction of packets lost since the previous report, in 1/256, 0 to 255
 * @param lost the total number of packets lost; negative when duplicates outnumber them
 * @param highestSequence the highest sequence number received, extended by the number of cycles to
 *     32 bits
 * @param jitter the interarrival jitter, in ticks of the source's clock
 * @param lastReport the middle 32 bits of the newest sender report's NTP time (LSR); 0 without one
 * @param sinceLastReport the time since that report arrived (DLSR), in 1/65536 s; 0 without one
 */
public record ReceptionReport(
    int ssrc,
    int fractionLost,
    long lost,
    long highestSequence,
    long jitter,
    long lastReport,
    long sinceLastReport) {
  private static final long MAX_LOST = (1 << 23) - 1;
  private static final long MIN_LOST = -(1 << 23);

  /** Returns the number of lost packets, limited to the 24-bit signed field of the report. */
  int lostInReport() {
    return (int) Math.max(MIN_LOST, Math.min(MAX_LOST, lost)) & 0xffffff;
  }
}
