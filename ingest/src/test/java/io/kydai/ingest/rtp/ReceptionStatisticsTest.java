package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.rtcp.ReceptionReport;
import io.kydai.ingest.rtcp.SenderReport;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
  private static final long MILLI = 1_000_000;

  private final ReceptionStatistics reception = new ReceptionStatistics(90_000);

  private void packet(int sequence, long timestamp, long millis) {
    reception.count(
        new RtpPacket(false, 96, sequence & 0xffff, timestamp, 7, Unpooled.EMPTY_BUFFER),
        millis * MILLI);
  }

  @Test
  void lossesAreThoseOfRfc3550OverTheWrapAndDuplicatesCountAgainstThem() {
    for (int i = 0; i < 100; i++) {
      if (i % 4 != 3) {
        packet(65_500 + i, i * 3600, 40L * i);
      }
    }
    ReceptionReport first = reception.report(0);
    assertThat(first.highestSequence()).isEqualTo(65_500 + 98);
    assertThat(first.lost()).isEqualTo(24);
    assertThat(first.fractionLost()).isEqualTo(24 * 256 / 99);

    packet(65_500 + 99, 0, 4000);
    packet(65_500 + 99, 0, 4000);
    ReceptionReport second = reception.report(0);
    assertThat(second.lost()).isEqualTo(23);
    assertThat(second.fractionLost()).isZero();
  }

  @Test
  void jitterGrowsWithTheArrivalsAndNotWithTheTimestamps() {
    for (int i = 0; i < 200; i++) {
      packet(i, i * 3600, 40L * i);
    }
    assertThat(reception.report(0).jitter()).isZero();
    for (int i = 200; i < 400; i++) {
      packet(i, i * 3600, 40L * i + i % 2 * 10);
    }
    assertThat(reception.report(0).jitter()).isBetween(880L, 900L);
  }

  @Test
  void theNewestSenderReportIsAnswered() {
    packet(1, 0, 0);
    reception.onSenderReport(new SenderReport(8, 1L << 32, 0), 0);
    assertThat(reception.report(0).lastReport()).isZero();
    reception.onSenderReport(new SenderReport(7, 0xdd3ac1704d614df8L, 0), 1000 * MILLI);
    ReceptionReport report = reception.report(5020 * MILLI);
    assertThat(report.lastReport()).isEqualTo(0xc1704d61L);
    assertThat(report.sinceLastReport()).isEqualTo((long) (4.02 * 65536));
  }

  @Test
  void aSourceThatBeginsAnewIsCountedAnew() {
    packet(1, 0, 0);
    packet(30_000, 0, 40);
    packet(30_001, 0, 80);
    assertThat(reception.report(0).lost()).isZero();
    assertThat(reception.report(0).highestSequence()).isEqualTo(30_001);
  }
}
