package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads the wall clock of the camera from RTCP sender reports (RFC 3550, section 6.4.1).
 *
 * <p>Cameras' clocks are often wrong, and some send reports with a time of zero: a time that is
 * more than ten seconds from the arrival of the picture is not believed, and the arrival counts.
 */
final class SenderClock {
  private static final int SENDER_REPORT = 200;
  private static final Duration BELIEVED = Duration.ofSeconds(10);

  /** Seconds from 1900, where NTP starts to count, to 1970. */
  private static final long NTP_TO_UNIX = 2_208_988_800L;

  private boolean known;
  private int ssrc;
  private long timestamp;
  private Instant time = Instant.EPOCH;

  /** Looks for a sender report in a compound RTCP packet; anything odd in it is passed over. */
  void accept(ByteBuf compound) {
    int at = compound.readerIndex();
    int end = compound.writerIndex();
    while (end - at >= 4 && compound.getUnsignedByte(at) >> 6 == 2) {
      int size = 4 + 4 * compound.getUnsignedShort(at + 2);
      if (size > end - at) {
        return;
      }
      if (compound.getUnsignedByte(at + 1) == SENDER_REPORT && size >= 28) {
        ssrc = compound.getInt(at + 4);
        time = instant(compound.getUnsignedInt(at + 8), compound.getUnsignedInt(at + 12));
        timestamp = compound.getUnsignedInt(at + 16);
        known = true;
      }
      at += size;
    }
  }

  /** When the picture of that RTP timestamp was taken, as well as is known. */
  Instant wallClock(int source, long rtpTimestamp, Instant arrival) {
    if (!known || source != ssrc) {
      return arrival;
    }
    long ticks = (int) (rtpTimestamp - timestamp);
    Instant taken = time.plusNanos(ticks * 100_000 / 9);
    return Duration.between(taken, arrival).abs().compareTo(BELIEVED) <= 0 ? taken : arrival;
  }

  private static Instant instant(long seconds, long fraction) {
    // The first era ends in 2036; times before 1968 can only be of the second.
    long era = seconds < 0x8000_0000L ? 0x1_0000_0000L : 0;
    return Instant.ofEpochSecond(seconds + era - NTP_TO_UNIX, fraction * 1_000_000_000L >>> 32);
  }
}
