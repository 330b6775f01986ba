package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loitering, no-entry, bus-lane, pavement-encroachment, illegal-parking: who stays where. */
class DwellTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.033, 0.1, 0.2, 0.5, 1})
  void whoStrollsForAMinuteIsOneAlertAtAnyFrameRate(double step) {
    Film film = new Film("loitering", Map.of("zone", "z"));
    Random random = new Random(7);
    while (film.seconds() < 100) {
      double way = 0.5 + 0.25 * Math.sin(film.seconds() / 10);
      if (random.nextInt(10) > 0 || step == 1) {
        film.at(1, "person", way, 0.5); // overlooked on every tenth frame
      }
      film.frame(step);
    }
    film.end();
    assertThat(film.phases()).isEqualTo("a1O a1C");
    assertThat(film.alerts.get(0).span().start().mediaTime().ticks()).isLessThan(2 * 90_000L);
    assertThat(film.alerts.get(0).span().end().mediaTime().ticks())
        .isBetween(59 * 90_000L, 64 * 90_000L);
    assertThat(film.alerts.get(0).finding().reason()).contains("person has stayed in zone z for 6");
  }

  /** A rider is a person until the machine is seen, and may then get another id. */
  @Test
  void whoTurnedOutToRideIsFollowedAsARider() {
    Film film = new Film("pavement-encroachment", Map.of("zone", "z", "for", "1s"));
    for (int i = 0; i < 60; i++) {
      film.at(5, i < 10 ? "person" : "motorcycle", 0.5, 0.5).frame(0.1);
    }
    for (int i = 0; i < 120; i++) {
      film.at(9, "motorcycle", 0.5, 0.5).frame(0.1);
    }
    assertThat(film.end().alerts).extracting(Alert::id).isNotEmpty().containsOnly(AlertId.of("a1"));
  }

  @Test
  void whoPassesThroughAgainAndAgainDoesNotLoiter() {
    Film film = new Film("loitering", Map.of("zone", "z", "for", 20));
    for (int i = 0; i < 200; i++) {
      film.at(1, "person", i % 20 < 16 ? 0.5 : 0.9, 0.5).frame(1);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void achangeOfIdDoesNotBeginAnewAndSomebodyElseDoes() {
    Film film = new Film("loitering", Map.of("zone", "z", "for", 20));
    for (int i = 0; i < 30; i++) {
      film.at(1 + i / 7, "person", 0.3 + 0.01 * i, 0.5).frame(1);
    }
    assertThat(film.alerts.get(0).phase().name()).isEqualTo("OPENED");
    assertThat(film.alerts.get(0).participants().tracks()).containsExactly(1L, 2L, 3L);
    assertThat(film.end().alerts).extracting(alert -> alert.id()).containsOnly(AlertId.of("a1"));
    Film others = new Film("loitering", Map.of("zone", "z", "for", 20));
    for (int i = 0; i < 30; i++) {
      others.at(1 + i / 7, "person", i / 7 % 2 == 0 ? 0.3 : 0.7, 0.5).frame(1);
    }
    assertThat(others.end().alerts).isEmpty();
  }

  @Test
  void aReconnectNeitherCountsNorEndsAnything() {
    Film film = new Film("loitering", Map.of("zone", "z", "for", 20));
    for (int i = 0; i < 10; i++) {
      film.at(1, "person", 0.5, 0.5).frame(1);
    }
    film.frame(60);
    for (int i = 0; i < 5; i++) {
      film.at(2, "person", 0.5, 0.5).frame(1);
    }
    assertThat(film.alerts).as("16 s watched").isEmpty();
    for (int i = 0; i < 10; i++) {
      film.at(2, "person", 0.5, 0.5).frame(1);
    }
    assertThat(film.phases()).isEqualTo("a1O");
    film.frame(60);
    for (int i = 0; i < 10; i++) {
      film.at(3, "person", 0.5, 0.5).frame(1);
    }
    assertThat(film.end().phases()).isEqualTo("a1O a1U a1C");
  }

  @Test
  void aMotorcycleParkedOnThePavementIsToldOnceThoughItIsOftenOverlooked() {
    Film film = new Film("pavement-encroachment", Map.of("zone", "z"));
    for (int i = 0; i < 600; i++) {
      if (i % 40 < 20 || i > 590) { // unseen for 20 s of 40, then found under another id
        film.at(1 + i / 40, i % 3 == 0 ? "bicycle" : "motorcycle", 0.5, 0.5);
      }
      film.frame(1);
    }
    film.end();
    assertThat(film.alerts).extracting(alert -> alert.id()).containsOnly(AlertId.of("a1"));
  }

  @Test
  void onlyTheClassesThatMayNotEnterAreToldEachOnItsOwn() {
    Film film = new Film("no-entry", Map.of("zone", "z", "classes", List.of("truck", "bus")));
    for (int i = 0; i < 30; i++) {
      double x = 0.05 + 0.03 * i;
      film.at(1, "truck", x, 0.3).at(2, "car", x, 0.5).at(3, "bus", x, 0.7).frame(0.2);
    }
    for (int i = 0; i < 30; i++) {
      film.frame(0.2);
    }
    assertThat(film.phases()).isEqualTo("a1O a2O a1C a2C");
    assertThat(film.alerts.get(0).finding().reason())
        .startsWith("truck has been in the closed zone z");
    assertThat(film.alerts.get(1).finding().reason())
        .startsWith("bus has been in the closed zone z");
  }

  @Test
  void whoCrossesTheBusLaneIsNotInItButWhoGoesAlongIsAndABusMay() {
    Film film = new Film("bus-lane", Map.of("zone", "z"));
    for (int i = 0; i < 40; i++) {
      film.at(1, "bus", 0.5, 0.2 + 0.015 * i);
      film.at(2, "car", 0.5, 0.2 + 0.014 * i);
      if (i < 8) {
        film.at(3, "car", 0.1 + 0.1 * i, 0.5);
      }
      film.frame(0.25);
    }
    film.end();
    assertThat(film.alerts)
        .extracting(alert -> alert.participants().tracks())
        .containsOnly(List.of(2L));
    assertThat(film.phases()).isEqualTo("a1O a1C");
  }

  @Test
  void aParkedCarIsOneAlertThroughIdsFlickerAndReconnects() {
    Film film = new Film("illegal-parking", Map.of("zone", "z"));
    for (int i = 0; i < 400; i++) {
      if (i % 9 != 8) {
        film.at(1 + i / 50, i % 7 == 0 ? "truck" : "car", 0.5, 0.5);
      }
      film.frame(i == 300 ? 100 : 1);
    }
    film.end();
    assertThat(film.alerts).extracting(alert -> alert.id()).containsOnly(AlertId.of("a1"));
    assertThat(film.alerts.get(0).span().end().mediaTime().ticks())
        .isGreaterThanOrEqualTo(180 * 90_000L);
    assertThat(film.alerts.get(0).finding().reason())
        .matches("(car|truck) has been parked in the no-parking zone z for 18\\d s .limit: 180 s.");
  }
}
