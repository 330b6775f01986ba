package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.rules.settings.RuleSpec;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people carry, beside things and people that stand for themselves. */
class BelongingsTest {
  private final Film film =
      new Film(
          Film.SCENE,
          Instant.EPOCH,
          new RuleSpec("way", "wrong-way", Map.of("line", "v", "allowed", "forward")),
          new RuleSpec("count", "line-count", Map.of("line", "v")));

  @Test
  void aBackpackCrossesNoLineOfItsOwn() {
    for (int i = 0; i < 60; i++) {
      double x = 0.25 + 0.008 * i;
      film.box(1, "person", x - 0.05, 0.3, x + 0.05, 0.6);
      film.box(2, "backpack", x - 0.04, 0.35, x + 0.01, 0.45);
      film.frame(0.1);
    }
    assertSameAsOne();
  }

  @Test
  void aSkateboardOfWhichTheBoxFlickersCrossesNoLineOfItsOwn() {
    for (int i = 0; i < 60; i++) {
      double x = 0.25 + 0.008 * i;
      film.box(1, "person", x - 0.05, 0.3, x + 0.05, 0.6);
      double low = i % 5 == 4 ? 0.66 : 0.61;
      film.box(2, "skateboard", x - 0.03, low - 0.05, x + 0.03, low);
      film.frame(0.1);
    }
    assertSameAsOne();
  }

  @Test
  void aSuitcaseThatRollsAloneIsCounted() {
    for (int i = 0; i < 60; i++) {
      film.at(1, "suitcase", 0.25 + 0.008 * i, 0.5).frame(0.1);
    }
    film.end();
    assertThat(film.engine.measurements().lines().get(0).byClass()).containsOnlyKeys("suitcase");
  }

  @Test
  void aChildBeforeAParentIsNoBelonging() {
    for (int i = 0; i < 60; i++) {
      double x = 0.25 + 0.008 * i;
      film.box(1, "person", x - 0.05, 0.3, x + 0.05, 0.6);
      film.box(2, "person", x - 0.03, 0.45, x + 0.03, 0.6);
      film.frame(0.1);
    }
    film.end();
    assertThat(film.engine.measurements().lines().get(0).forward()).isEqualTo(0);
    assertThat(film.engine.measurements().lines().get(0).backward()).isEqualTo(2);
  }

  private void assertSameAsOne() {
    film.end();
    assertThat(film.engine.measurements().lines().get(0).byClass()).containsOnlyKeys("person");
    assertThat(film.alerts.stream().map(alert -> alert.id()).distinct()).hasSize(1);
  }
}
