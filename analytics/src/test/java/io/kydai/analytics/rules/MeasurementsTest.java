package io.kydai.analytics.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.Movements;
import io.kydai.analytics.rules.counting.ZoneOccupancy;
import io.kydai.analytics.rules.counting.ZoneSpeed;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Arrow;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rules measure comes out of the engine in one piece, in the rules' order. */
class MeasurementsTest {
  private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void aCameraOfEveryKindOfRulePublishesAllThatTheyMeasure() {
    Film film =
        new Film(
            Film.FROM_ABOVE,
            BEGIN,
            new RuleSpec("cars", "line-count", Map.of("line", "v", "classes", "car")),
            new RuleSpec("crowd", "crowding", Map.of("zone", "z", "people", 5)),
            new RuleSpec("jam", "congestion", Map.of("zone", "z", "free-speed", 50)),
            new RuleSpec("people", "line-count", Map.of("line", "v", "classes", "person")),
            new RuleSpec("queue", "queue-length", Map.of("zone", "z", "vehicles", 2)),
            new RuleSpec(
                "turns", "turning-movements", Map.of("origins", "z", "destinations", "z")));
    assertThat(film.engine.measurements().occupancies()).isEmpty();
    for (int i = 0; i <= 20; i++) {
      film.at(1, "car", 0.3 + i * 0.02, 0.5).at(2, "person", 0.6, 0.5).frame(0.2);
    }
    Measurements measured = film.engine.measurements();
    Instant newest = BEGIN.plusSeconds(4);
    assertThat(measured.lines()).extracting(LineCounts::line).containsExactly("v");
    assertThat(measured.lines().get(0).byClass()).containsOnlyKeys("car");
    assertThat(measured.movements())
        .extracting(Movements::rule)
        .containsExactly(RuleId.of("turns"));
    assertThat(measured.occupancies())
        .containsExactly(
            new ZoneOccupancy(
                RuleId.of("crowd"),
                "z",
                newest,
                1,
                Map.of("person", 1),
                requireNonNull(Film.FROM_ABOVE.calibration())
                    .area(Film.SCENE.zones().get(0))
                    .orElseThrow()),
            new ZoneOccupancy(RuleId.of("jam"), "z", newest, 1, Map.of("car", 1), null),
            new ZoneOccupancy(RuleId.of("queue"), "z", newest, 0, Map.of(), null));
    assertThat(measured.speeds()).extracting(ZoneSpeed::rule).containsExactly(RuleId.of("jam"));
    // 2 m in 0.2 s.
    assertThat(measured.speeds().get(0).metresPerSecond()).isCloseTo(10, within(0.2));
  }

  @Test
  void crowdFlowAndSpeedingPublishTheMeanSpeedOfThoseInTheirZones() {
    Zone lane =
        new Zone(
            "z",
            Film.SCENE.zones().get(0).polygon(),
            ZoneUse.LANE,
            new Arrow(new Point(0.5, 0.8), new Point(0.5, 0.2)));
    Film film =
        new Film(
            new Scene(List.of(), List.of(lane), Film.FROM_ABOVE.calibration()),
            BEGIN,
            new RuleSpec("flow", "crowd-flow", Map.of("zone", "z")),
            new RuleSpec("limit", "speeding", Map.of("zone", "z", "limit", 50)));
    assertThat(film.engine.measurements().speeds()).isEmpty();
    for (int i = 0; i <= 20; i++) {
      // 2 m and 0.3 m in 0.2 s; the second car is beyond the zone.
      film.at(1, "car", 0.3 + i * 0.02, 0.5)
          .at(2, "car", 0.1 + i * 0.04, 0.95)
          .at(3, "person", 0.5, 0.5 + i * 0.003)
          .frame(0.2);
    }
    List<ZoneSpeed> speeds = film.engine.measurements().speeds();
    assertThat(speeds)
        .extracting(ZoneSpeed::rule)
        .containsExactly(RuleId.of("flow"), RuleId.of("limit"));
    assertThat(speeds).extracting(ZoneSpeed::at).containsOnly(BEGIN.plusSeconds(4));
    assertThat(speeds.get(0).metresPerSecond()).isCloseTo(1.5, within(0.1));
    assertThat(speeds.get(1).metresPerSecond()).isCloseTo(10, within(0.2));
    film.frame(0.2);
    assertThat(film.engine.measurements().speeds()).as("nobody is there").isEmpty();
  }

  @Test
  void aCameraWhoseRulesOnlyRaiseAlertsPublishesNothing() {
    Film film = new Film("loitering", Map.of("zone", "z"));
    film.at(1, "person", 0.5, 0.5).frame(1);
    assertThat(film.engine.measurements()).isEqualTo(Measurements.NONE);
  }
}
