package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.rules.movement.StoppedRule;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoppedTest {
  private final Film film = new Film("stopped", Map.of("zone", "z", "for", "10s"));
  private final Random random = new Random(5);

  @Test
  void aParkedCarIsOneAlertThroughAllThatHappensToIt() {
    drive(1, 0.3, 0.5);
    park(1, "car", 12);
    assertThat(film.phases()).isEqualTo("a1O");
    for (int i = 0; i < 80; i++) { // a bus stands in front of it
      film.box(2, "bus", 0.35, 0.2, 0.75, 0.6).frame(0.1);
    }
    park(3, "truck", 5); // it is found again under another id and class
    film.frame(120); // the camera is away
    park(7, "car", 20); // and the tracker has forgotten everything
    for (int i = 0; i < 100; i++) { // the detector misses it for ten seconds
      film.frame(0.1);
    }
    for (int i = 0; i < 30; i++) { // only a part of it shows
      film.box(9, "car", 0.47, 0.4, 0.54, 0.48).frame(0.1);
    }
    park(10, "car", 5);
    assertThat(film.phases()).doesNotContain("C").doesNotContain("a2");
    drive(10, 0.5, 0.75);
    for (int i = 0; i < 30; i++) {
      film.frame(0.1);
    }
    assertThat(film.phases()).endsWith("a1C").doesNotContain("a2");
  }

  @Test
  void aCarThatAPostDividesIsSeenTwiceAndToldOnce() {
    for (int i = 0; i < 200; i++) {
      film.box(1, "car", 0.45, 0.4, 0.55, 0.5).box(2, "car", 0.44, 0.41, 0.52, 0.49).frame(0.1);
    }
    assertThat(film.alerts)
        .extracting(alert -> alert.finding().reason())
        .contains("car has stood in zone z for 10 s (limit: 10 s)");
    assertThat(film.end().phases()).isEqualTo("a1O a1C");
  }

  @Test
  void theNextOneOnTheSamePlaceIsAnotherAlert() {
    park(1, "car", 12);
    drive(1, 0.5, 0.75);
    for (int i = 0; i < 30; i++) {
      film.frame(0.1);
    }
    drive(2, 0.3, 0.5);
    park(2, "car", 12);
    assertThat(film.phases()).isEqualTo("a1O a1C a2O");
  }

  @Test
  void whatVanishesUnseenIsGoneAfterFifteenWatchedSeconds() {
    park(1, "car", 12);
    double left = film.seconds();
    while (film.alerts.size() < 2) {
      film.frame(0.1);
    }
    assertThat(film.seconds() - left).isBetween(15.0, 15.3);
    assertThat(film.alerts.get(1).span().end().mediaTime().ticks())
        .isEqualTo(Math.round((left - 0.1) * 90_000));
  }

  @Test
  void slowTrafficAndStandingPeopleAreNoStay() {
    for (int i = 0; i < 300; i++) {
      double x = 0.2 + 0.002 * i;
      film.box(1, "car", x, 0.4, x + 0.1, 0.5).at(2, "person", 0.5, 0.7).frame(0.1);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void aQueueOfMovingCarsOnOnePlaceIsNoStay() {
    for (int car = 1; car < 20; car++) {
      drive(car, 0.3, 0.75);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void whoStandsAndIsOverlookedForSomeSecondsStandsOn() {
    park(1, "car", 6);
    for (int i = 0; i < 80; i++) {
      film.frame(0.1);
    }
    park(2, "car", 1);
    assertThat(film.phases()).isEqualTo("a1O");
    assertThat(film.alerts.get(0).finding().reason()).contains("car has stood in zone z for 14 s");
  }

  @Test
  void whoWaitTheirTurnOneAfterTheOtherAreNoStay() {
    for (int car = 1; car < 8; car++) {
      drive(car, 0.3, 0.5);
      park(car, "car", 8);
      if (car % 2 == 0) {
        drive(car, 0.5, 0.75); // every second one leaves unseen
      }
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void whileTheCameraIsAwayNobodyStands() {
    park(1, "car", 6);
    film.frame(170);
    park(2, "car", 3); // another one, as far as anybody knows
    assertThat(film.alerts).isEmpty();
    park(2, "car", 2);
    assertThat(film.phases()).isEqualTo("a1O");
    assertThat(film.alerts.get(0).finding().reason()).contains("for 10 s");
  }

  @Test
  void afterFiveMinutesOfNothingWhatStandsThereIsNew() {
    park(1, "car", 12);
    film.frame(301);
    park(2, "car", 12);
    assertThat(film.phases()).isEqualTo("a1O a1C a2O");
  }

  @Test
  void outsideTheZoneAVehicleMayStand() {
    for (int i = 0; i < 200; i++) {
      film.box(1, "car", 0.45, 0.85, 0.55, 0.95).frame(0.1);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void memoryIsBoundedWhenEverythingStands() {
    for (int frame = 0; frame < 12; frame++) {
      for (int i = 0; i < 400; i++) {
        double x = 0.2 + 0.0245 * (i % 20);
        double y = 0.25 + 0.0245 * (i / 20);
        film.box(i + 1, "car", x, y, x + 0.02, y + 0.02);
      }
      film.frame(1);
    }
    assertThat(film.alerts.stream().filter(alert -> alert.phase() == Alert.Phase.OPENED))
        .hasSize(StoppedRule.MAX_STAYS);
  }

  private void drive(long id, double from, double to) {
    for (int i = 0; i <= 20; i++) {
      double x = from + (to - from) * i / 20;
      film.box(id, "car", x - 0.05, 0.4, x + 0.05, 0.5).frame(0.1);
    }
  }

  private void park(long id, String label, int seconds) {
    for (int i = 0; i < seconds * 10; i++) {
      double x = 0.45 + 0.01 * (random.nextDouble() - 0.5);
      double y = 0.4 + 0.01 * (random.nextDouble() - 0.5);
      film.box(id, label, x, y, x + 0.1, y + 0.1).frame(0.1);
    }
  }
}
