package io.kydai.ingest.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.rtcp.SenderReport;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SenderClockTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final SenderClock clock = new SenderClock(90_000);

  /** Our own clock, in seconds from noon. */
  private double now;

  /** A report that says another time than it is, in seconds. */
  private void report(double wrong, long timestamp) {
    Instant time = at(now + wrong);
    long ntp =
        time.getEpochSecond() + 2_208_988_800L << 32
            | (time.getNano() * 4_294_967_296L / 1_000_000_000L);
    clock.accept(new SenderReport(7, ntp, timestamp & 0xffff_ffffL), nanos(), at(now));
  }

  /** Two that agree, five seconds apart, the second of them now and with that timestamp. */
  private void reports(double wrong, long timestamp) {
    now -= 5;
    report(wrong, timestamp - 450_000);
    now += 5;
    report(wrong, timestamp);
  }

  private static Instant at(double seconds) {
    return NOON.plusNanos(Math.round(seconds * 1e9));
  }

  private long nanos() {
    return Math.round(now * 1e9);
  }

  private double taken(long timestamp) {
    return Duration.between(NOON, clock.wallClock(7, timestamp, nanos()).orElseThrow()).toNanos()
        / 1e9;
  }

  private boolean believed() {
    return clock.wallClock(7, 0, nanos()).isPresent();
  }

  @Test
  void timesAreCountedFromTheReportForwardsAndBackwardsOverTheWrap() {
    reports(0.5, 0xffff_fff0L);
    assertThat(taken(0xffff_fff0L + 90_000)).isEqualTo(1.5);
    assertThat(taken(0xffff_fff0L - 45_000)).isEqualTo(0);
  }

  @Test
  void oneReportAloneIsNotBelieved() {
    report(0, 0);
    assertThat(believed()).isFalse();
    now = 5;
    report(0, 450_000);
    assertThat(believed()).isTrue();
  }

  @Test
  void noTimeIsNoTime() {
    clock.accept(new SenderReport(7, 0, 0), 0, NOON);
    assertThat(believed()).isFalse();
    assertThat(clock.offset()).isEmpty();
  }

  @Test
  void mediaMtx1002AClockThatIsHoursOrDecadesOffIsNotBelievedButTold() {
    for (double wrong : new double[] {7 * 3600, -56 * 365.25 * 86_400, 2.1}) {
      SenderClockTest camera = new SenderClockTest();
      camera.report(wrong, 0);
      camera.now = 5;
      camera.report(wrong, 450_000);
      assertThat(camera.believed()).isFalse();
      assertThat(camera.clock.offset().orElseThrow().toNanos() / 1e9)
          .isBetween(wrong - 0.001, wrong + 0.001);
    }
  }

  @Test
  void aClockIsBelievedFromTwoSecondsOnAndNoMoreFromFour() {
    reports(1.9, 0);
    assertThat(believed()).isTrue();
    now = 5;
    report(2.0, 450_000);
    now = 10;
    report(4.1, 900_000);
    assertThat(believed()).isTrue();
    now = 15;
    report(4.1, 1_350_000);
    assertThat(believed()).isFalse();
    now = 20;
    report(3, 1_800_000);
    assertThat(believed()).isFalse();
    now = 25;
    report(1.9, 2_250_000);
    assertThat(believed()).isTrue();
  }

  @Test
  void oneReportThatWasStuckInTheNetworkChangesNothing() {
    reports(0, 0);
    now = 15;
    report(-10, 450_000);
    assertThat(believed()).isTrue();
    assertThat(taken(450_000)).isEqualTo(5);
  }

  @Test
  void aReportThatDisagreesWithTheTimestampsWaitsForAnother() {
    reports(0, 0);
    now = 5;
    report(1, 450_000);
    assertThat(taken(450_000)).isEqualTo(5);
    now = 10;
    report(1, 900_000);
    assertThat(taken(900_000)).isEqualTo(11);
  }

  @Test
  void reportsThatNeverAgreeAreUsedUpAfterFiveMinutes() {
    reports(0, 0);
    for (int i = 1; i <= 60; i++) {
      now = 5 * i;
      assertThat(taken(0)).isEqualTo(0);
      report(i % 2 == 0 ? 0.4 : 0.9, 450_000 * i + i * i * 20_000);
    }
    now = 301;
    assertThat(believed()).isFalse();
  }

  @Test
  void aCameraThatStopsToReportIsBelievedForFiveMinutes() {
    reports(0, 0);
    now = 300;
    assertThat(believed()).isTrue();
    now = 301;
    assertThat(believed()).isFalse();
  }

  @Test
  void anotherSourcesReportsSayNothingOfThisOne() {
    reports(0, 0);
    assertThat(clock.wallClock(8, 0, nanos())).isEmpty();
  }

  @Test
  void timesAfterTheFirstEraAreUnderstood() {
    assertThat(new SenderReport(7, 1L << 32, 0).time())
        .hasValue(Instant.parse("2036-02-07T06:28:17Z"));
  }
}
