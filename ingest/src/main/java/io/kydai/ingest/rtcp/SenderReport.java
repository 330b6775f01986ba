package io.kydai.ingest.rtcp;

import java.time.Instant;
import java.util.Optional;

/**
 * What a sender says of its clocks (RFC 3550, section 6.4.1): when it was the one time on the wall,
 * it was the other in its RTP timestamps.
 *
 * @param ssrc of the sender
 * @param ntp wall clock as NTP has it: seconds since 1900 in the upper 32 bits, a fraction in the
 *     lower
 * @param timestamp RTP timestamp, 32 bits, unsigned
 */
public record SenderReport(int ssrc, long ntp, long timestamp) {
  /** Seconds from 1900, where NTP starts to count, to 1970. */
  private static final long NTP_TO_UNIX = 2_208_988_800L;

  /** The wall clock; empty where the sender has none, and sends zero. */
  public Optional<Instant> time() {
    if (ntp == 0) {
      return Optional.empty();
    }
    long seconds = ntp >>> 32;
    // The first era ends in 2036; times before 1968 can only be of the second.
    long era = seconds < 0x8000_0000L ? 0x1_0000_0000L : 0;
    long nanos = (ntp & 0xffff_ffffL) * 1_000_000_000L >>> 32;
    return Optional.of(Instant.ofEpochSecond(seconds + era - NTP_TO_UNIX, nanos));
  }
}
