package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Crowding, intrusion and wrong-way: when alerts open, change and close. */
class ZoneRulesTest {

  @Test
  void aCrowdThatFlickersIsOneAlert() {
    Film film = new Film("crowding", Map.of("zone", "z", "people", 3, "for", "3s"));
    for (int i = 0; i < 100; i++) {
      crowd(film, i % 4 == 3 ? 2 : 3).frame(0.1);
    }
    for (int i = 0; i < 40; i++) {
      crowd(film, 1).frame(0.1);
    }
    assertThat(film.phases()).isEqualTo("a1O a1C");
    Alert closed = film.alerts.get(1);
    assertThat(closed.span().start().mediaTime().ticks()).isZero();
    assertThat(closed.span().end().mediaTime().ticks()).isEqualTo(98 * 9000L);
    assertThat(closed.participants().tracks()).containsExactly(1L, 2L, 3L);
    assertThat(closed.finding().measures())
        .containsEntry("people", 3.0)
        .containsEntry("threshold", 3.0);
    assertThat(closed.finding().reason())
        .isEqualTo("3 people in zone z for 9.8 s (limit: 3 for 3 s)");
  }

  @Test
  void aShortCrowdIsNone() {
    Film film = new Film("crowding", Map.of("zone", "z", "people", 3, "for", 3));
    for (int i = 0; i < 100; i++) {
      crowd(film, i % 50 < 28 ? 3 : 2).frame(0.1);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void aGrowingCrowdIsToldAtMostOnceASecond() {
    Film film = new Film("crowding", Map.of("zone", "z", "people", 2, "for", 0));
    for (int i = 0; i < 30; i++) {
      crowd(film, 2 + i / 3).frame(0.1);
    }
    assertThat(film.end().phases()).isEqualTo("a1O a1U a1U a1C");
    assertThat(film.alerts.get(3).finding().measures()).containsEntry("people", 11.0);
  }

  @Test
  void aReconnectDoesNotEndACrowd() {
    Film film = new Film("crowding", Map.of("zone", "z", "people", 2, "for", 0));
    crowd(film, 2).frame(30);
    film.frame(0.1);
    for (int i = 0; i < 10; i++) {
      crowd(film, 2).frame(0.1);
    }
    assertThat(film.end().phases()).isEqualTo("a1O a1C");
  }

  @Test
  void onASlowCameraASingleMissDoesNotRestartTheTimer() {
    Film film = new Film("crowding", Map.of("zone", "z", "people", 2, "for", 5));
    for (int i = 0; i < 7; i++) {
      crowd(film, i == 3 ? 1 : 2).frame(1);
    }
    assertThat(film.phases()).isEqualTo("a1O");
  }

  @Test
  void anIntruderIsOneAlertUntilTheZoneIsEmptyForFiveSeconds() {
    Film film = new Film("intrusion", Map.of("zone", "z"));
    film.at(1, "person", 0.1, 0.5).at(9, "dog", 0.5, 0.5).frame(0.5);
    assertThat(film.alerts).isEmpty();
    film.at(1, "person", 0.3, 0.5).frame(0.5);
    film.frame(0.5).frame(0.5);
    film.at(1, "person", 0.4, 0.5).at(2, "person", 0.5, 0.5).frame(1);
    for (int i = 0; i < 10; i++) {
      film.frame(0.5);
    }
    film.at(3, "person", 0.4, 0.5).frame(1);
    assertThat(film.phases()).isEqualTo("a1O a1U a1C a2O");
    assertThat(film.alerts.get(2).participants().tracks()).containsExactly(1L, 2L);
    assertThat(film.alerts)
        .extracting(alert -> alert.finding().reason())
        .containsExactly(
            "person in zone z",
            "up to 2 people in zone z for 1.5 s",
            "up to 2 people in zone z for 1.5 s",
            "person in zone z");
  }

  @Test
  void whoStepsOutAndComesBackIsStillTheSameIntrusion() {
    Film film = new Film("intrusion", Map.of("zone", "z"));
    film.at(1, "person", 0.5, 0.78).frame(0.5);
    for (int i = 0; i < 8; i++) {
      film.at(1, "person", 0.5, 0.82).frame(0.5); // outside
    }
    film.at(1, "person", 0.5, 0.78).frame(0.5);
    for (int i = 0; i < 8; i++) {
      film.frame(0.5); // overlooked, and found again under another id
    }
    film.at(2, "person", 0.52, 0.78).frame(0.5);
    assertThat(film.phases()).isEqualTo("a1O a1U");
  }

  @Test
  void whoStandsAndIsOverlookedIsStillThereForHalfAMinute() {
    Film film = new Film("intrusion", Map.of("zone", "z"));
    for (int i = 0; i < 4; i++) {
      film.at(1, "person", 0.5, 0.6).frame(0.5);
    }
    for (int i = 0; i < 40; i++) {
      film.frame(0.5);
    }
    film.at(2, "person", 0.57, 0.6).frame(0.5);
    assertThat(film.phases()).isEqualTo("a1O a1U");
    for (int i = 0; i < 12; i++) {
      film.frame(0.5); // it was going, so it is gone after five seconds
    }
    assertThat(film.phases()).isEqualTo("a1O a1U a1C");
  }

  @Test
  void whoIsHiddenBehindAnotherStillCountsInACrowd() {
    assertThat(crowdOfWhich(2, 0.50)).as("behind the first, for three seconds").isEqualTo("a1O");
    assertThat(crowdOfWhich(2, 0.60)).as("lost in the open").isEmpty();
    assertThat(crowdOfWhich(0.4, 0.50)).as("a second box for a moment").isEmpty();
  }

  /** Two of whom one is seen only at first, beside who stands at 0.49. */
  private static String crowdOfWhich(double seconds, double x) {
    Film film = new Film("crowding", Map.of("zone", "z", "people", 2, "for", "4s"));
    for (int i = 0; i < 44; i++) {
      film.at(1, "person", 0.49, 0.5);
      if (i < 10 * seconds) {
        film.at(2, "person", x, 0.49);
      }
      film.frame(0.1);
    }
    return film.phases();
  }

  @Test
  void somebodyElseAfterTwoSecondsIsAnotherIntrusion() {
    Film film = new Film("intrusion", Map.of("zone", "z"));
    film.at(1, "person", 0.7, 0.5).frame(0.5);
    film.frame(1).frame(1).frame(1);
    film.at(2, "person", 0.3, 0.7).frame(0.5);
    assertThat(film.phases()).isEqualTo("a1O a1C a2O");
  }

  @Test
  void theNightWindowGoesOverMidnight() {
    Map<String, Object> night =
        Map.of("zone", "z", "schedule", "22:00-05:00", "timezone", "Asia/Ho_Chi_Minh");
    // 21:59:50 in Ho Chi Minh City
    Film film = new Film("intrusion", night, Instant.parse("2026-11-22T14:59:50Z"));
    for (int i = 0; i < 20; i++) {
      film.at(1, "person", 0.5, 0.5).frame(1);
    }
    assertThat(film.phases()).isEqualTo("a1O");
    assertThat(film.alerts.get(0).span().start().wallClock()).isEqualTo("2026-11-22T15:00:00Z");
    assertThat(opens(night, "2026-11-22T21:59:59Z")).isTrue();
    assertThat(opens(night, "2026-11-22T22:00:00Z")).isFalse();
  }

  @Test
  void daysOfAWindowAreThoseOnWhichItBegins() {
    Map<String, Object> friday =
        Map.of(
            "zone",
            "z",
            "schedule",
            List.of("fri 22:00-05:00", "sun,tue-wed 08:00-24:00"),
            "timezone",
            "Z");
    assertThat(opens(friday, "2026-11-20T23:00:00Z")).isTrue(); // Friday
    assertThat(opens(friday, "2026-11-21T04:59:00Z")).isTrue(); // Saturday morning
    assertThat(opens(friday, "2026-11-20T04:59:00Z")).isFalse(); // Friday morning
    assertThat(opens(friday, "2026-11-21T23:00:00Z")).isFalse();
    assertThat(opens(friday, "2026-11-22T23:59:59Z")).isTrue(); // Sunday
    assertThat(opens(friday, "2026-11-24T08:00:00Z")).isTrue(); // Tuesday
    assertThat(opens(friday, "2026-11-24T07:59:59Z")).isFalse();
  }

  @Test
  void wrongWayIsOneAlertForEachOffender() {
    Film film = new Film("wrong-way", Map.of("line", "v", "allowed", "forward"));
    film.at(1, "car", 0.4, 0.5).at(2, "car", 0.7, 0.3).frame(0.2);
    film.at(1, "car", 0.6, 0.5).at(2, "car", 0.4, 0.3).frame(0.2);
    film.at(1, "car", 0.4, 0.5).frame(0.2);
    film.at(1, "car", 0.6, 0.5).frame(0.2);
    assertThat(film.phases()).isEqualTo("a1O a1C");
    assertThat(film.alerts.get(0).participants().tracks()).containsExactly(1L);
    assertThat(film.alerts.get(0).finding().reason())
        .isEqualTo("car crossed line v the wrong way (allowed: forward)");
  }

  @Test
  void aWrongWayDriverWhoLeavesThePictureEndsTheAlert() {
    Film film = new Film("wrong-way", Map.of("line", "v", "allowed", "backward"));
    film.at(1, "car", 0.6, 0.5).frame(0.2);
    film.at(1, "car", 0.4, 0.5).frame(0.2);
    film.at(1, "car", 0.3, 0.5).frame(0.2);
    film.frame(1).frame(1).frame(1);
    assertThat(film.phases()).isEqualTo("a1O a1C");
    assertThat(film.alerts.get(1).span().start().mediaTime().ticks()).isEqualTo(18_000);
    assertThat(film.alerts.get(1).span().end().mediaTime().ticks()).isEqualTo(36_000);
  }

  private static boolean opens(Map<String, Object> settings, String wall) {
    Film film = new Film("intrusion", settings, Instant.parse(wall));
    return !film.at(1, "person", 0.5, 0.5).frame(0.1).alerts.isEmpty();
  }

  private static Film crowd(Film film, int people) {
    for (int i = 1; i <= people; i++) {
      film.at(i, "person", 0.2 + 0.04 * i, 0.5);
    }
    return film;
  }
}
