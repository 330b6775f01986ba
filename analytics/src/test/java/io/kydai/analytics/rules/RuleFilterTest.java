package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every rule may be asked for: hours, quality, cool-down, ignored places, one alert. */
class RuleFilterTest {

  @Test
  void everyRuleHasHoursAndWhatIsOpenClosesWithThem() {
    Map<String, Object> hours =
        Map.of("zone", "z", "for", 5, "schedule", "07:00-07:01", "timezone", "+07:00");
    Film film = new Film("stopped", hours, Instant.parse("2026-11-22T23:59:30Z"));
    for (int i = 0; i < 120; i++) {
      film.at(1, "car", 0.5, 0.5).frame(1);
    }
    assertThat(film.phases()).isEqualTo("a1O a1C");
    assertThat(film.alerts.get(0).span().start().wallClock()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(film.alerts.get(1).span().end().wallClock()).isEqualTo("2026-11-23T00:00:59Z");
  }

  @Test
  void youngAndUncertainTracksAreNotLookedAt() {
    Film film = new Film("intrusion", Map.of("zone", "z", "min-age", "2s"));
    film.at(1, "person", 0.5, 0.5).frame(1);
    film.at(1, "person", 0.5, 0.5).frame(1);
    assertThat(film.alerts).isEmpty();
    film.at(1, "person", 0.5, 0.5).frame(1);
    assertThat(film.phases()).isEqualTo("a1O");
    Film sure = new Film("intrusion", Map.of("zone", "z", "min-score", 0.95));
    assertThat(sure.at(1, "person", 0.5, 0.5).frame(1).alerts).isEmpty();
  }

  @Test
  void whileARuleCoolsDownAStateWaitsAndOpensAfterwards() {
    Film film = new Film("intrusion", Map.of("zone", "z", "cool-down", "30s"));
    film.at(1, "person", 0.3, 0.3).frame(1);
    for (int i = 0; i < 10; i++) {
      film.frame(1);
    }
    assertThat(film.phases()).isEqualTo("a1O a1C");
    for (int i = 11; i < 40; i++) {
      film.at(2, "person", 0.7, 0.7).frame(1);
    }
    assertThat(film.phases()).isEqualTo("a1O a1C a2O");
    assertThat(film.alerts.get(2).span().start().mediaTime().ticks()).isEqualTo(11 * 90_000L);
  }

  @Test
  void noRuleSeesWhatStandsInAnIgnoredZone() {
    Zone screen =
        new Zone(
            "screen",
            List.of(new Point(0.6, 0.2), new Point(0.8, 0.2), new Point(0.8, 0.8)),
            ZoneUse.IGNORE,
            null);
    Scene scene = new Scene(List.of(), List.of(Film.SCENE.zones().get(0), screen));
    Film film = new Film(scene, "intrusion", Map.of("zone", "z"));
    film.at(1, "person", 0.75, 0.4).frame(1);
    assertThat(film.alerts).isEmpty();
    film.at(1, "person", 0.3, 0.4).frame(1);
    assertThat(film.phases()).isEqualTo("a1O");
  }

  @Test
  void twoRulesOfATypeThatSeeTheSameAreOneAlertThatClosesLast() {
    Film film =
        new Film(
            Film.SCENE,
            Instant.EPOCH,
            new RuleSpec("few", "crowding", Map.of("zone", "z", "people", 2, "for", 0)),
            new RuleSpec("many", "crowding", Map.of("zone", "z", "people", 3, "for", 2)),
            new RuleSpec("other", "intrusion", Map.of("zone", "z")));
    for (int i = 0; i < 20; i++) {
      film.at(1, "person", 0.3, 0.5).at(2, "person", 0.4, 0.5).at(3, "person", 0.5, 0.5);
      film.frame(0.5);
    }
    film.end();
    assertThat(film.alerts.stream().filter(alert -> alert.origin().type().equals("crowding")))
        .extracting(alert -> "" + alert.id() + alert.phase().name().charAt(0))
        .containsExactly("a1O", "a1U", "a1C");
    assertThat(
            film.alerts.stream()
                .filter(alert -> alert.id().equals(AlertId.of("a1")))
                .toList()
                .get(1))
        .satisfies(
            alert ->
                assertThat(alert.finding().reason()).contains("; rule many: 3 people in zone z"));
    assertThat(film.alerts.stream().filter(alert -> alert.origin().type().equals("intrusion")))
        .hasSize(2);
  }

  /** Its part is over and the alert goes on: what it then tells of the same is told there. */
  @Test
  void aRuleWhosePartIsOverOpensNoSecondAlertBesideTheOneThatGoesOn() {
    Scene overlapping =
        new Scene(List.of(), List.of(strip("north", 0.2, 0.6), strip("south", 0.4, 0.8)));
    Film film =
        new Film(
            overlapping,
            Instant.EPOCH,
            new RuleSpec("n", "no-entry", Map.of("zone", "north", "for", 0)),
            new RuleSpec("s", "no-entry", Map.of("zone", "south", "for", 0)));
    for (double y : new double[] {0.3, 0.5, 0.7, 0.5}) {
      for (int i = 0; i < 20; i++) {
        film.at(7, "truck", 0.5, y).frame(0.5);
      }
    }
    film.end();
    assertThat(film.alerts).extracting(Alert::id).containsOnly(AlertId.of("a1"));
    assertThat(film.alerts).last().extracting(Alert::phase).isEqualTo(Alert.Phase.CLOSED);
  }

  private static Zone strip(String id, double top, double bottom) {
    return new Zone(
        id,
        List.of(
            new Point(0.2, top),
            new Point(0.8, top),
            new Point(0.8, bottom),
            new Point(0.2, bottom)));
  }

  @Test
  void aFewFriendsAreAnotherHappeningThanTheCrowdAroundThem() {
    Zone corner =
        new Zone(
            "corner",
            List.of(
                new Point(0.22, 0.4),
                new Point(0.33, 0.4),
                new Point(0.33, 0.6),
                new Point(0.22, 0.6)));
    Film film =
        new Film(
            new Scene(List.of(), List.of(Film.SCENE.zones().get(0), corner)),
            Instant.EPOCH,
            new RuleSpec("crowd", "crowding", Map.of("zone", "z", "people", 5, "for", 1)),
            new RuleSpec("friends", "crowding", Map.of("zone", "corner", "people", 2, "for", 2)));
    for (int i = 0; i < 20; i++) {
      for (int person = 0; person < 6; person++) {
        film.at(person, "person", 0.25 + 0.05 * person, 0.5);
      }
      film.frame(0.5);
    }
    film.end();
    assertThat(film.alerts.stream().filter(alert -> alert.phase() == Alert.Phase.CLOSED))
        .extracting(alert -> alert.origin().rule().value())
        .containsExactlyInAnyOrder("crowd", "friends");
  }
}
