package io.kydai.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateWindowTest {
  private final RateWindow window = new RateWindow();

  private static long at(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void steadyUnitsGiveTheirRateAndSilenceGivesNone() {
    for (int i = 0; i < 250; i++) {
      window.add(at(i * 40), 1000);
    }
    RateWindow.Rates rates = window.rates(at(249 * 40));
    assertThat(rates.unitsPerSecond()).isCloseTo(25, offset(0.01));
    assertThat(rates.bitsPerSecond()).isCloseTo(200_000, offset(1.0));
    assertThat(window.rates(at(249 * 40 + 5001))).isEqualTo(new RateWindow.Rates(0, 0));
  }

  @Test
  void aBurstCountsAsASecond() {
    for (int i = 0; i < 26; i++) {
      window.add(at(7), 10);
    }
    assertThat(window.rates(at(7)).unitsPerSecond()).isEqualTo(25);
  }

  @Test
  void manyUnitsAreMeasuredOverAShorterTime() {
    for (int i = 0; i < 10_000; i++) {
      window.add(at(i), 1);
    }
    assertThat(window.rates(at(9999)).unitsPerSecond()).isCloseTo(1000, offset(0.01));
  }

  /** Enough of them that the entries' place grows while the first ones leave it. */
  @Test
  void ratesFollowAStreamThatChangesItsRate() {
    long time = 0;
    for (int millis : new int[] {1000, 40, 7, 200, 40}) {
      for (int i = 0; i < 1000; i++) {
        time += millis;
        window.add(at(time), millis);
      }
      RateWindow.Rates rates = window.rates(at(time));
      assertThat(rates.unitsPerSecond()).isCloseTo(1000.0 / millis, offset(0.01));
      assertThat(rates.bitsPerSecond()).isCloseTo(8000, offset(1.0));
    }
  }
}
