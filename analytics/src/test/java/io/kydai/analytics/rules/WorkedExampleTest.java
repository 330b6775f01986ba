package io.kydai.analytics.rules;

import static io.kydai.analytics.alert.Alert.Phase.CLOSED;
import static io.kydai.analytics.alert.Alert.Phase.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.rules.presence.UnattendedRule;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.type.RuleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The rule that docs/extending.md writes from nothing compiles, and does what is said of it. */
class WorkedExampleTest {
  private static final SortedMap<String, RuleType> TYPES =
      RuleTypes.byName(List.of(UnattendedRule.TYPE));

  @Test
  void aPostLeftForFiveMinutesAlertsOnce() {
    Film film = film(Map.of("zone", "z", "for", "5m"));
    film.at(1, "person", 0.5, 0.5).frame(1);
    for (int second = 0; second < 400; second++) {
      film.frame(1);
    }
    film.at(2, "person", 0.5, 0.5).frame(1);
    assertThat(film.alerts).extracting(Alert::phase).containsExactly(OPENED, CLOSED);
    assertThat(film.alerts).extracting(Alert::id).containsOnly(AlertId.of("a1"));
  }

  @Test
  void itHasHoursAndCoolsDownLikeEveryRule() {
    Film film = film(Map.of("zone", "z", "for", 10, "schedule", "00:00-00:01", "timezone", "Z"));
    for (int second = 0; second < 100; second++) {
      film.frame(1);
    }
    assertThat(film.phases()).isEqualTo("a1O a1C");
    assertThat(film.alerts.get(1).span().end().mediaTime().ticks()).isEqualTo(59 * 90_000L);
  }

  @Test
  void thePageShowsTheClassAndTheTestAsTheyAreCompiled() throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java/io/kydai/analytics/rules/presence/UnattendedRule.java"));
    String page = Files.readString(Path.of("../docs/extending.md"));
    String test =
        Files.readString(Path.of("src/test/java/io/kydai/analytics/rules/WorkedExampleTest.java"));
    // The page's test makes its film from the types that are registered, and is else the same.
    String lines = test.substring(test.indexOf("film.at(1"), test.indexOf("  }\n\n  @Test"));
    assertThat(page).contains(lines.strip().replace("\n  ", "\n"));
    assertThat(page).contains(source.substring(source.indexOf("/** {@code unattended}")));
    assertThat(page).contains("UnattendedRule.TYPE,");
  }

  private static Film film(Map<String, Object> settings) {
    return new Film(TYPES, Film.SCENE, Instant.EPOCH, new RuleSpec("r", "unattended", settings));
  }
}
