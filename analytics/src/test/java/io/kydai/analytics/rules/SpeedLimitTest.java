package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.rules.memory.GroundVelocity;
import io.kydai.analytics.rules.memory.Velocity;
import io.kydai.analytics.scene.GroundPoint;
import io.kydai.ingest.media.MediaTime;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Speeds on the ground, and who is too fast. */
class SpeedLimitTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.033, 0.1, 0.333, 1})
  void theSpeedIsRightWithinItsErrorAtAnyFrameRate(double step) {
    Random random = new Random(2);
    int within = 0;
    for (int run = 0; run < 200; run++) {
      GroundVelocity course = new GroundVelocity(MediaTime.ticksOfSeconds(3));
      double time = 0;
      while (time < 4) {
        double noise = 0.3;
        course.sees(
            MediaTime.ticksOfSeconds(time),
            new GroundPoint(
                12 * time + noise * random.nextGaussian(),
                5 * time + noise * random.nextGaussian()),
            noise);
        time += step * (0.6 + 0.8 * random.nextDouble());
      }
      Velocity velocity = course.velocity().orElseThrow();
      assertThat(velocity.error()).isLessThan(0.6);
      within += Math.abs(velocity.speed() - 13) <= 2 * velocity.error() ? 1 : 0;
    }
    assertThat(within).as("of 200 within two standard errors").isGreaterThan(180);
  }

  /** Far away a pixel is many metres: such places must not decide, nor be trusted. */
  @Test
  void whatComesFromFarAwayIsMeasuredByItsNearPlaces() {
    Random random = new Random(3);
    int within = 0;
    for (int run = 0; run < 200; run++) {
      GroundVelocity course = new GroundVelocity(MediaTime.ticksOfSeconds(3));
      for (double time = 0; time < 3; time += 0.2) {
        double ahead = 50 - 13 * time;
        double error = 0.002 * ahead * ahead; // 5 m at 50 m, 0.25 m at 11 m
        course.sees(
            MediaTime.ticksOfSeconds(time),
            new GroundPoint(
                error * random.nextGaussian(), Math.abs(ahead + error * random.nextGaussian())),
            error);
      }
      Velocity velocity = course.velocity().orElseThrow();
      assertThat(velocity.error()).isLessThan(0.8);
      within += Math.abs(velocity.speed() - 13) <= 2 * velocity.error() ? 1 : 0;
    }
    assertThat(within).as("of 200 within two standard errors").isGreaterThan(180);
  }

  @Test
  void nothingIsClaimedFromTooLittle() {
    GroundVelocity course = new GroundVelocity(MediaTime.ticksOfSeconds(3));
    assertThat(course.velocity()).isEmpty();
    for (int i = 0; i < 15; i++) {
      assertThat(course.velocity()).isEmpty();
      course.sees(MediaTime.ticksOfSeconds(i * 0.04), new GroundPoint(i, 0), 0.1);
    }
    course.sees(MediaTime.ticksOfSeconds(20), new GroundPoint(400, 0), 0.1);
    assertThat(course.velocity()).as("after a gap").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"80,1", "66,1", "60,0", "40,0"})
  void aSpeederIsOneAlertWithTheSpeedAndWhoIsNotSurelyFasterIsNone(double kmh, int alerts) {
    Film film = new Film(Film.FROM_ABOVE, "speeding", Map.of("zone", "z", "limit", 60));
    Random random = new Random(5);
    while (film.seconds() < 6) {
      double metres = kmh / 3.6 * film.seconds();
      double noise = 0.002 * random.nextGaussian();
      film.at(1, "car", Math.min(1, 0.05 + metres / 100), 0.5 + noise).frame(0.1);
    }
    film.end();
    assertThat(film.alerts).extracting(alert -> alert.id()).hasSizeGreaterThanOrEqualTo(alerts);
    assertThat(film.alerts.stream().map(alert -> alert.id()).distinct().count()).isEqualTo(alerts);
    if (alerts > 0) {
      Map<String, Double> told = film.alerts.get(film.alerts.size() - 1).finding().measures();
      assertThat(told.get("speed")).isCloseTo(kmh, Offset.offset(2.5));
      assertThat(told).containsEntry("threshold", 60.0).containsKeys("error", "seconds");
      assertThat(film.alerts.get(0).finding().reason())
          .matches("car at \\d+ ± .* km/h in zone z.*60 km/h.");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2.3, 6})
  void aSpeederWhoIsHiddenForAWhileIsStillOneAlert(double hidden) {
    Film film = new Film(Film.FROM_ABOVE, "speeding", Map.of("zone", "z", "limit", 10));
    while (film.seconds() < 13) {
      double seconds = film.seconds();
      if (seconds < 3 || seconds >= 3 + hidden) {
        film.at(1, "car", 0.22 + 0.0415 * seconds, 0.5);
      }
      film.frame(0.1);
    }
    film.end();
    assertThat(film.alerts)
        .extracting(alert -> alert.id())
        .isNotEmpty()
        .containsOnly(AlertId.of("a1"));
    assertThat(film.alerts.get(film.alerts.size() - 1).finding().measures().get("seconds"))
        .isGreaterThan(hidden + 4);
  }

  @Test
  void whoRunsIsToldAndWhoWalksIsNot() {
    Film film = new Film(Film.FROM_ABOVE, "running", Map.of("zone", "z"));
    for (int i = 0; i < 60; i++) {
      film.at(1, "person", 0.3 + 0.0045 * i, 0.4).at(2, "person", 0.3 + 0.0015 * i, 0.6).frame(0.1);
    }
    film.end();
    assertThat(film.alerts).isNotEmpty();
    assertThat(film.alerts)
        .allSatisfy(alert -> assertThat(alert.participants().tracks()).containsExactly(1L));
    assertThat(film.alerts).extracting(alert -> alert.id()).containsOnly(AlertId.of("a1"));
    assertThat(film.alerts.get(0).finding().reason())
        .startsWith("person at 4.5 ± ")
        .contains("3 m/s");
  }
}
