package io.kydai.analytics.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final long MILLI = 1_000_000;

  @Test
  void tellsOfTheLastFiveSeconds() {
    RateMeter pace = new RateMeter();
    for (int i = 0; i < 100; i++) {
      pace.add(i * 100 * MILLI, i < 50 ? 80 * MILLI : 20 * MILLI);
    }
    long now = 9_950 * MILLI;
    assertThat(pace.perSecond(now)).isCloseTo(10, Offset.offset(0.1));
    assertThat(pace.mean(now)).isEqualTo(Duration.ofMillis(20));
    assertThat(pace.perSecond(15_000 * MILLI)).as("it has stopped").isLessThan(0.2);
    assertThat(pace.perSecond(40_000 * MILLI)).isZero();
    assertThat(pace.mean(40_000 * MILLI)).isZero();
  }

  /** A camera where nothing moves may be looked at every ten seconds: that is no standstill. */
  @Test
  void whatIsRareIsNotHeldForStopped() {
    RateMeter pace = new RateMeter();
    for (int i = 0; i < 5; i++) {
      pace.add(i * 10_000 * MILLI, 70 * MILLI);
    }
    for (int later = 0; later < 10_000; later += 100) {
      long now = (40_000 + later) * MILLI;
      assertThat(pace.perSecond(now)).isCloseTo(0.1, Offset.offset(0.001));
      assertThat(pace.mean(now)).isEqualTo(Duration.ofMillis(70));
      assertThat(pace.quantile(now, 0.95)).isEqualTo(Duration.ofMillis(70));
    }
    assertThat(pace.perSecond(71_000 * MILLI)).isZero();
  }

  @Test
  void aRateBeyondTheRingIsStillRight() {
    RateMeter pace = new RateMeter();
    for (int i = 0; i < 2000; i++) {
      pace.add(i * 5 * MILLI, MILLI);
    }
    assertThat(pace.perSecond(2000 * 5 * MILLI)).isCloseTo(200, Offset.offset(1.0));
  }
}
