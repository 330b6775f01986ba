package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vehicles of which something hides the lower part near a line, and those that drive away. */
class HiddenFootTest {
  // From left to right at half of the height: down the picture is to its right, forward.
  private static final Scene SCENE =
      new Scene(List.of(new Line("h", new Point(0.1, 0.5), new Point(0.9, 0.5))), List.of());

  private final Film film =
      new Film(
          SCENE,
          Instant.EPOCH,
          new RuleSpec("count", "line-count", Map.of("line", "h")),
          new RuleSpec("wrong", "wrong-way", Map.of("line", "h", "allowed", "forward")));

  @ParameterizedTest(name = "each {0} s")
  @ValueSource(doubles = {0.04, 0.1, 0.2, 0.5})
  void aBusThatIsHiddenFromBelowHasNotReversed(double seconds) {
    for (double time = 0; time < 3; time += seconds) { // comes over the line
      bus(0.1 + 0.05 * time, 0.4 + 0.05 * time, seconds);
    }
    for (double time = 0; time < 2; time += seconds) { // a lorry comes to stand before it
      bus(0.25, 0.55 - 0.06 * time, seconds);
    }
    for (double time = 0; time < 3; time += seconds) {
      bus(0.25, 0.43, seconds);
    }
    for (double time = 0; time < 3; time += seconds) { // and goes
      bus(0.25, 0.55, seconds);
    }
    film.end();
    assertThat(counts()).containsExactly(1L, 0L);
    assertThat(film.alerts).isEmpty();
  }

  @ParameterizedTest(name = "each {0} s")
  @ValueSource(doubles = {0.04, 0.1, 0.2, 0.5})
  void aBusThatDrivesAwayAndBecomesSmallerCrosses(double seconds) {
    for (double time = 0; time < 6; time += seconds) {
      double part = 1 / (1 + 0.25 * time); // the horizon lies at 0.2
      double half = 0.15 * part;
      film.box(1, "bus", 0.5 - half, 0.2 - 0.05 * part, 0.5 + half, 0.2 + 0.5 * part);
      film.frame(seconds);
    }
    film.end();
    assertThat(counts()).containsExactly(0L, 1L);
    assertThat(film.alerts).isNotEmpty();
  }

  @Test
  void aCarThatReversesWithoutChangingItsShapeGoesBack() {
    for (int i = 0; i < 30; i++) {
      bus(0.1 + 0.005 * i, 0.4 + 0.005 * i, 0.1);
    }
    for (int i = 0; i < 30; i++) {
      bus(0.25 - 0.005 * i, 0.55 - 0.005 * i, 0.1);
    }
    film.end();
    assertThat(counts()).containsExactly(1L, 1L);
    assertThat(film.alerts).isNotEmpty();
  }

  @Test
  void aHiddenBusThatComesOutBeyondTheLineHasCrossed() {
    for (int i = 0; i < 20; i++) {
      bus(0.1, 0.4, 0.1);
    }
    for (int i = 0; i < 20; i++) {
      bus(0.1 + 0.008 * i, 0.32, 0.1);
    }
    for (int i = 0; i < 20; i++) {
      bus(0.26, 0.56, 0.1);
    }
    film.end();
    assertThat(counts()).containsExactly(1L, 0L);
  }

  private void bus(double top, double bottom, double seconds) {
    film.box(1, "bus", 0.4, top, 0.6, bottom).frame(seconds);
  }

  private List<Long> counts() {
    var counts = film.engine.measurements().lines().get(0);
    return List.of(counts.forward(), counts.backward());
  }
}
