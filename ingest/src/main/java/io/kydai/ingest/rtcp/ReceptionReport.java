package io.kydai.ingest.rtcp;

/**
 * How a source arrives (RFC 3550, section 6.4.1, a report block).
 *
 * @param ssrc of the source
 * @param fractionLost since the report before, in 1/256, 0 to 255
 * @param lost altogether; negative where more came than was sent, as duplicates count
 * @param highestSequence extended by the number of wraps, 32 bits
 * @param jitter between arrivals, in ticks of the source's clock
 * @param lastReport the middle 32 bits of the newest sender report's NTP time; 0 without one
 * @param sinceLastReport since that came, in 1/65536 s; 0 without one
 */
public record ReceptionReport(
    int ssrc,
    int fractionLost,
    long lost,
    long highestSequence,
    long jitter,
    long lastReport,
    long sinceLastReport) {
  private static final long MOST_LOST = (1 << 23) - 1;
  private static final long LEAST_LOST = -(1 << 23);

  /** What 24 bits can say of it. */
  int lostInReport() {
    return (int) Math.max(LEAST_LOST, Math.min(MOST_LOST, lost)) & 0xffffff;
  }
}
