package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SenderClockTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final long NTP_NOON = NOON.getEpochSecond() + 2_208_988_800L;

  private final SenderClock clock = new SenderClock();

  private static ByteBuf report(int ssrc, long seconds, long fraction, long timestamp) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(0x80).writeByte(201).writeShort(1).writeInt(ssrc);
    packet.writeByte(0x80).writeByte(200).writeShort(6).writeInt(ssrc);
    packet.writeInt((int) seconds).writeInt((int) fraction).writeInt((int) timestamp);
    return packet.writeInt(0).writeInt(0);
  }

  @Test
  void timesAreCountedFromTheReportForwardsAndBackwards() {
    clock.accept(report(7, NTP_NOON, 0x8000_0000L, 0xffff_fff0L));
    Instant arrival = NOON.plusSeconds(1);
    assertThat(clock.wallClock(7, 0xffff_fff0L + 90_000, arrival)).isEqualTo(NOON.plusMillis(1500));
    assertThat(clock.wallClock(7, 0xffff_fff0L - 45_000, arrival)).isEqualTo(NOON);
  }

  @Test
  void withoutABelievableReportTheArrivalCounts() {
    assertThat(clock.wallClock(7, 5, NOON)).isEqualTo(NOON);
    clock.accept(report(7, 0, 0, 0));
    assertThat(clock.wallClock(7, 5, NOON)).isEqualTo(NOON);
    clock.accept(report(7, NTP_NOON - 11, 0, 0));
    assertThat(clock.wallClock(7, 0, NOON)).isEqualTo(NOON);
    clock.accept(report(8, NTP_NOON - 1, 0, 0));
    assertThat(clock.wallClock(7, 0, NOON)).isEqualTo(NOON);
  }

  @Test
  void timesAfterTheFirstEraAreUnderstood() {
    Instant later = Instant.parse("2036-02-07T06:28:17Z");
    clock.accept(report(7, 1, 0, 0));
    assertThat(clock.wallClock(7, 9000, later)).isEqualTo(later.plusMillis(100));
  }

  @Test
  void cutReportsArePassedOver() {
    ByteBuf whole = report(7, NTP_NOON, 0, 0);
    for (int length = 0; length < whole.readableBytes(); length++) {
      clock.accept(whole.slice(0, length));
    }
    assertThat(clock.wallClock(7, 90_000, NOON.plusSeconds(3))).isEqualTo(NOON.plusSeconds(3));
  }
}
