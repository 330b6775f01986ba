package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.rules.settings.RuleSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A train on a road and a train on its rails. */
class TrainsOnRoadsTest {
  private static final RuleSpec COUNT = new RuleSpec("count", "line-count", Map.of("line", "v"));
  private static final RuleSpec PARKED =
      new RuleSpec("parked", "illegal-parking", Map.of("zone", "z", "for", "5s"));

  @Test
  void aLorryThatIsCalledATrainIsALorryOnARoad() {
    assertThat(counted(COUNT, PARKED)).containsExactly("truck");
  }

  @Test
  void aLorryThatIsCalledATrainParksLikeALorry() {
    Film film = new Film(Film.SCENE, Instant.EPOCH, PARKED);
    for (int i = 0; i < 100; i++) {
      film.at(1, "train", i < 20 ? 0.3 + 0.01 * i : 0.5, 0.5).frame(0.1);
    }
    assertThat(film.alerts).isNotEmpty();
  }

  @Test
  void aTrainIsATrainWhereNoRuleIsAboutRoadVehicles() {
    assertThat(counted(COUNT)).containsExactly("train");
  }

  @Test
  void aTrainIsATrainWhereARuleNamesTrains() {
    RuleSpec trains =
        new RuleSpec("rail", "no-entry", Map.of("zone", "z", "classes", List.of("train")));
    assertThat(counted(COUNT, PARKED, trains)).containsExactly("train");
  }

  private static Set<String> counted(RuleSpec... rules) {
    Film film = new Film(Film.SCENE, Instant.EPOCH, rules);
    for (int i = 0; i < 60; i++) {
      film.at(1, "train", 0.25 + 0.008 * i, 0.5).frame(0.1);
    }
    film.end();
    return film.engine.measurements().lines().get(0).byClass().keySet();
  }
}
