package io.kydai.analytics.signals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A green tree behind the lower third, amount 0.2, and a lamp that is on every other minute. */
class StaticColourFilterTest {
  private static final long SECOND = 90_000;

  private final StaticColourFilter still = new StaticColourFilter();

  private double[] at(long second) {
    double[] amounts = new double[9];
    amounts[2 * 3 + HeadColours.GREEN] = 0.2;
    amounts[HeadColours.RED] = second / 60 % 2 == 0 ? 0.4 : 0;
    still.takeOff(amounts, second * SECOND);
    return amounts;
  }

  @Test
  void whatStandsStillForTenMinutesIsTakenOffAndWhatComesAndGoesIsNot() {
    for (int second = 0; second < 599; second++) {
      assertThat(at(second)[2 * 3 + HeadColours.GREEN]).isEqualTo(0.2);
    }
    for (int second = 599; second < 602; second++) {
      at(second);
    }
    for (int second = 602; second < 3_600; second++) {
      double[] amounts = at(second);
      assertThat(amounts[2 * 3 + HeadColours.GREEN]).isZero();
      assertThat(amounts[HeadColours.RED]).isEqualTo(second / 60 % 2 == 0 ? 0.4 : 0);
    }
  }

  @Test
  void ofABrighterLampBeforeTheTreeTheDifferenceRemains() {
    for (int second = 0; second < 700; second++) {
      at(second);
    }
    double[] amounts = new double[9];
    amounts[2 * 3 + HeadColours.GREEN] = 0.5;
    still.takeOff(amounts, 700 * SECOND);
    assertThat(amounts[2 * 3 + HeadColours.GREEN]).isBetween(0.299, 0.301);
  }
}
