package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Intruders at the lower edge of the picture, and riders who come in from below. */
class CutTracksTest {
  private static final Scene SCENE =
      new Scene(
          List.of(),
          List.of(
              new Zone(
                  "z",
                  List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1)))));

  private final Film film =
      new Film(SCENE, Instant.EPOCH, new RuleSpec("r", "intrusion", Map.of("zone", "z")));

  @Test
  void aRiderWhoIsAPersonUntilTheMachineIsSeenIsNoIntruder() {
    for (int i = 0; i < 40; i++) {
      double y = Math.min(1, 1.2 - 0.02 * i);
      film.box(1, y >= 0.995 ? "person" : "motorcycle", 0.4, 0.8 - 0.015 * i, 0.6, y).frame(0.1);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void aWalkerIsAnIntruderOnceTheFootIsInThePicture() {
    for (int i = 0; i < 40; i++) {
      film.box(1, "person", 0.4, 0.5, 0.5, i < 10 ? 1 : 0.95).frame(0.1);
    }
    assertThat(film.alerts).isNotEmpty();
    assertThat(film.alerts.get(0).span().start().mediaTime().toSeconds()).isBetween(0.9, 1.1);
  }

  @Test
  void aPersonWhoStandsAtTheLowerEdgeIsAnIntruderAfterThreeSeconds() {
    for (int i = 0; i < 60; i++) {
      film.box(1, "person", 0.4, 0.5, 0.5, 1).frame(0.1);
    }
    assertThat(film.alerts).isNotEmpty();
    assertThat(film.alerts.get(0).span().start().mediaTime().toSeconds()).isBetween(2.9, 3.2);
  }

  @Test
  void anIntruderWhoLeavesOverTheLowerEdgeStaysOneUntilGone() {
    for (int i = 0; i < 60; i++) {
      film.box(1, "person", 0.4, 0.4, 0.5, Math.min(1, 0.9 + 0.005 * i)).frame(0.1);
    }
    film.end();
    assertThat(film.alerts.get(film.alerts.size() - 1).span().end().mediaTime().toSeconds())
        .isGreaterThan(5.5);
    assertThat(film.alerts.stream().map(alert -> alert.id()).distinct()).hasSize(1);
  }
}
