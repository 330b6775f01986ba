package io.kydai.ingest.rtcp;

import java.time.Instant;
import java.util.Optional;

/**
 * The clocks in a sender report (RFC 3550, section 6.4.1): a wall-clock time and the RTP timestamp
 * of the same moment.
 *
 * @param ssrc the sender's SSRC
 * @param ntp the wall-clock time as an NTP timestamp: seconds since 1900 in the upper 32 bits, the
 *     fraction of a second in the lower; 0 when the sender has no clock
 * @param timestamp the RTP timestamp, 32 bits, unsigned
 */
public record SenderReport(int ssrc, long ntp, long timestamp) {
  /** The seconds from 1900, the start of NTP time, to 1970. */
  private static final long NTP_TO_UNIX = 2_208_988_800L;

  /** Returns the wall-clock time; empty when the sender has no clock and sends zero. */
  public Optional<Instant> time() {
    if (ntp == 0) {
      return Optional.empty();
    }
    long seconds = ntp >>> 32;
    // NTP's era 0 ends in 2036. Values that would be before 1968 belong to era 1.
    long era = seconds < 0x8000_0000L ? 0x1_0000_0000L : 0;
    long nanos = (ntp & 0xffff_ffffL) * 1_000_000_000L >>> 32;
    return Optional.of(Instant.ofEpochSecond(seconds + era - NTP_TO_UNIX, nanos));
  }
}
