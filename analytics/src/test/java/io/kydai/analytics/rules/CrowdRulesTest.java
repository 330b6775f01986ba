package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.scene.Arrow;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups, densities, and crowds that go the other way. */
class CrowdRulesTest {
  private final Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 1})
  void aGroupThatWandersAndFlickersIsOneAlertAtAnyFrameRate(double step) {
    Film film = new Film(Film.FROM_ABOVE, "gathering", Map.of("zone", "z", "for", 20));
    int frame = 0;
    while (film.seconds() < 60) {
      double way = 0.3 + 0.005 * film.seconds();
      for (int i = 0; i < 7; i++) {
        if (film.seconds() < 40 && (frame + i) % 8 != 0) {
          // One of them gets a new id half-way.
          int id = i == 3 && film.seconds() > 20 ? 90 : i + 1;
          film.at(id, "person", way + 0.012 * (i % 3), 0.5 + 0.012 * (i / 3));
        }
      }
      for (int i = 0; i < 8; i++) { // others pass, each alone
        film.at(50 + i, "person", 0.22 + 0.07 * i, (0.25 + 0.01 * film.seconds() + i * 0.37) % 1);
      }
      film.frame(step);
      frame++;
    }
    film.end();
    assertThat(film.alerts).isNotEmpty();
    assertThat(film.alerts).extracting(alert -> alert.id()).containsOnly(AlertId.of("a1"));
    assertThat(film.alerts.get(0).span().start().mediaTime().ticks()).isLessThan(3 * 90_000L);
    var closed = film.alerts.get(film.alerts.size() - 1);
    assertThat(closed.phase().name()).isEqualTo("CLOSED");
    assertThat(closed.span().end().mediaTime().ticks()).isBetween(37 * 90_000L, 40 * 90_000L);
    assertThat(closed.finding().measures().get("people")).isBetween(6.0, 9.0);
  }

  @Test
  void whoStandApartAreNoGroupHoweverMany() {
    Film film = new Film(Film.FROM_ABOVE, "gathering", Map.of("zone", "z", "for", 5));
    for (int second = 0; second < 30; second++) {
      for (int i = 0; i < 16; i++) {
        film.at(i + 1, "person", 0.25 + 0.1 * (i % 4), 0.3 + 0.1 * (i / 4));
      }
      film.frame(1);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void twoGroupsThatBecomeOneEndAsOneAlert() {
    Film film = new Film(Film.FROM_ABOVE, "gathering", Map.of("zone", "z", "for", 10, "people", 4));
    for (int second = 0; second < 60; second++) {
      double apart = Math.max(0.015, 0.2 - 0.01 * Math.max(0, second - 15));
      for (int i = 0; i < 5; i++) {
        film.at(i + 1, "person", 0.4, 0.4 + 0.012 * i);
        film.at(i + 11, "person", 0.4 + apart, 0.4 + 0.012 * i);
      }
      film.frame(1);
    }
    assertThat(film.alerts.stream().map(alert -> alert.id()).distinct()).hasSize(2);
    assertThat(film.alerts.stream().filter(alert -> alert.phase().name().equals("CLOSED")))
        .as("one of both is over, the other goes on with ten")
        .hasSize(1);
    film.end();
    assertThat(film.alerts.get(film.alerts.size() - 1).finding().measures())
        .containsEntry("people", 10.0);
  }

  @Test
  void aDensityIsPeopleOnSquareMetres() {
    // The zone is 60 m by 60 m: 0.002 for each are 7.2, so 8 people.
    Map<String, Object> settings = Map.of("zone", "z", "density", 0.002, "for", 0);
    Film film = new Film(Film.FROM_ABOVE, "crowding", settings);
    people(film, 7).frame(1);
    assertThat(film.alerts).isEmpty();
    people(film, 8).frame(1);
    assertThat(film.alerts.get(0).finding().reason())
        .isEqualTo("8 people in zone z (limit: 8 on 3600 m²)");
    assertThat(film.alerts.get(0).finding().measures().get("density")).isBetween(0.0022, 0.00223);
    assertThatThrownBy(
            () ->
                new Film(
                    Film.FROM_ABOVE, "crowding", Map.of("zone", "z", "density", 0.1, "people", 2)))
        .hasMessageContaining("not both");
  }

  @Test
  void aGroupListsItsTracksInTheSameOrderOnEveryRun() {
    for (int run = 0; run < 10; run++) {
      Film film = new Film(Film.FROM_ABOVE, "gathering", Map.of("zone", "z", "for", 2));
      for (int i = 0; i < 40; i++) {
        for (int one = 1; one <= 6; one++) {
          film.at(one, "person", 0.4 + 0.01 * one, 0.5);
        }
        film.frame(0.2);
      }
      film.end();
      assertThat(film.alerts.get(0).participants().tracks())
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }
  }

  @Test
  void threeAgainstTheStreamAreToldAndTheStreamIsNot() {
    Zone upwards =
        new Zone(
            "z",
            Film.SCENE.zones().get(0).polygon(),
            ZoneUse.LANE,
            new Arrow(new Point(0.5, 0.8), new Point(0.5, 0.2)));
    Scene scene = new Scene(List.of(), List.of(upwards), Film.FROM_ABOVE.calibration());
    Film film = new Film(scene, "crowd-flow", Map.of("zone", "z"));
    for (int i = 0; i < 100; i++) {
      for (int one = 0; one < 10; one++) {
        boolean against = one < 3;
        double way = 0.0014 * i * (against ? 1 : -1);
        double jitter = 0.0005 * random.nextGaussian();
        film.at(one + 1, "person", 0.3 + 0.03 * one + jitter, (against ? 0.4 : 0.6) + way + jitter);
      }
      film.frame(0.1);
    }
    film.end();
    assertThat(film.alerts)
        .extracting(alert -> alert.id())
        .isNotEmpty()
        .containsOnly(AlertId.of("a1"));
    assertThat(film.alerts)
        .allSatisfy(a -> assertThat(a.participants().tracks()).containsOnly(1L, 2L, 3L));
    assertThat(film.alerts.get(0).finding().reason())
        .startsWith("3 people against the direction of zone z for 3 s, 7 with it, at 1.4 m/s");
    assertThatThrownBy(() -> new Film(Film.FROM_ABOVE, "crowd-flow", Map.of("zone", "z")))
        .hasMessageContaining("a lane with a direction");
  }

  private static Film people(Film film, int count) {
    for (int i = 0; i < count; i++) {
      film.at(i + 1, "person", 0.25 + 0.06 * i, 0.5);
    }
    return film;
  }
}
