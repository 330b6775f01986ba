package io.kydai.ingest.rtp;

import io.kydai.ingest.rtcp.ReceptionReport;
import io.kydai.ingest.rtcp.SenderReport;
import io.kydai.ingest.rtp.packet.RtpPacket;

/**
 * The reception statistics of one source, for receiver reports (RFC 3550, appendices A.3 and A.8).
 */
final class ReceptionStatistics {
  private final double ticksPerNano;
  private boolean started;
  private int ssrc;
  private long base;
  private long highest;
  private long received;
  private long expectedBefore;
  private long receivedBefore;
  private long transit;
  private double jitter;
  private long lastReport;
  private long lastReportAt;

  /**
   * Creates empty statistics.
   *
   * @param clockRate the rate of the source's timestamps, in ticks per second
   */
  ReceptionStatistics(int clockRate) {
    ticksPerNano = clockRate / 1e9;
  }

  /**
   * Counts a packet on arrival, duplicates and late packets included.
   *
   * @param now the arrival time in nanoseconds
   */
  void count(RtpPacket packet, long now) {
    long step = (short) (packet.sequence() - highest);
    if (!started || packet.ssrc() != ssrc || Math.abs(step) > ReorderBuffer.MAX_DROPOUT) {
      begin(packet);
    } else {
      highest = Math.max(highest, highest + step);
    }
    received++;
    long arrived = (int) ((long) (now * ticksPerNano) - packet.timestamp());
    if (received > 1) {
      long change = Math.abs((int) (arrived - transit));
      jitter += (change - jitter) / 16;
    }
    transit = arrived;
  }

  private void begin(RtpPacket packet) {
    if (packet.ssrc() != ssrc) {
      lastReport = 0;
    }
    started = true;
    ssrc = packet.ssrc();
    base = packet.sequence();
    highest = base;
    received = 0;
    expectedBefore = 0;
    receivedBefore = 0;
    jitter = 0;
  }

  /**
   * Records a sender report, whose time the next reports contain.
   *
   * @param now the arrival time in nanoseconds
   */
  void onSenderReport(SenderReport report, long now) {
    if (started && report.ssrc() == ssrc) {
      lastReport = report.ntp() >>> 16 & 0xffff_ffffL;
      lastReportAt = now;
    }
  }

  /** Returns whether a packet has arrived. */
  boolean started() {
    return started;
  }

  /**
   * Returns the report block for the time since the last call.
   *
   * @param now the current time in nanoseconds
   */
  ReceptionReport report(long now) {
    long expected = highest - base + 1;
    long expectedSince = expected - expectedBefore;
    long lostSince = expectedSince - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    long fraction = expectedSince == 0 || lostSince <= 0 ? 0 : (lostSince << 8) / expectedSince;
    long since = lastReport == 0 ? 0 : (long) ((now - lastReportAt) * 65536e-9);
    return new ReceptionReport(
        ssrc,
        (int) Math.min(255, fraction),
        expected - received,
        highest,
        (long) jitter,
        lastReport,
        since);
  }
}
