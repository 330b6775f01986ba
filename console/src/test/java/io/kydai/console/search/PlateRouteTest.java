package io.kydai.console.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.console.routing.Place;
import io.kydai.console.search.PlateRoute.Leg;
import io.kydai.console.search.PlateRoute.Stop;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlateRouteTest {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
  private static final Place HERE = new Place(16.46, 107.59);

  /** A degree of latitude is 111.195 km on a sphere of 6,371 km. */
  private static Place north(double metres) {
    return new Place(16.46 + metres / 111_194.93, 107.59);
  }

  private static Leg leg(double metres, double seconds) {
    return PlateRoute.legs(
            List.of(
                new Stop(START, HERE),
                new Stop(START.plusMillis((long) (seconds * 1_000)), north(metres))))
        .get(1);
  }

  @ParameterizedTest
  @CsvSource({
    "5000, 600, 30, false",
    "5000, 120, 150, false",
    "5000, 119, 151.26, true",
    "299, 1, 1076.4, false",
    "301, 1, 1083.6, true",
    "0, 60, 0, false",
  })
  void aJumpIsWhatNobodyDrives(double metres, double seconds, double speed, boolean implausible) {
    Leg leg = leg(metres, seconds);
    assertThat(leg.metres()).isCloseTo(metres, within(0.5));
    assertThat(leg.seconds()).isEqualTo(seconds);
    assertThat(leg.kilometresPerHour()).isCloseTo(speed, within(0.5));
    assertThat(leg.implausible()).isEqualTo(implausible);
  }

  @Test
  void twoPlacesAtTheSameMomentAreAJumpWithoutASpeed() {
    assertThat(leg(5000, 0).kilometresPerHour()).isNull();
    assertThat(leg(5000, 0).implausible()).isTrue();
    assertThat(leg(100, 0).implausible()).isFalse();
  }

  @Test
  void theFirstStopHasNoWayAndNeitherHasOneWithoutAPlace() {
    assertThat(
            PlateRoute.legs(
                List.of(
                    new Stop(START, HERE),
                    new Stop(START.plusSeconds(60), Place.UNKNOWN),
                    new Stop(START.plusSeconds(120), HERE))))
        .containsExactly(null, null, null);
    assertThat(PlateRoute.legs(List.of())).isEmpty();
  }
}
