package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.rules.settings.RuleSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** People within vehicles, beside people who walk before, behind and beside them. */
class OccupantsTest {
  private final Film film =
      new Film(
          Film.SCENE,
          Instant.EPOCH,
          new RuleSpec("in", "intrusion", Map.of("zone", "z")),
          new RuleSpec("long", "loitering", Map.of("zone", "z", "for", "2s")),
          new RuleSpec("count", "line-count", Map.of("line", "v")));

  @Test
  void aDriverIsNoIntruderAndNoPedestrian() {
    for (int i = 0; i < 60; i++) {
      double x = 0.25 + 0.008 * i;
      film.box(1, "car", x - 0.1, 0.4, x + 0.1, 0.6);
      film.box(2, "person", x - 0.02, 0.42, x + 0.02, 0.53);
      film.frame(0.1);
    }
    film.end();
    assertThat(film.alerts).isEmpty();
    assertThat(counts()).containsExactly("car");
  }

  @Test
  void aPassengerOfABusOfWhichTheBoxFlickersIsNone() {
    for (int i = 0; i < 60; i++) {
      if (i % 8 == 7) {
        film.box(1, "bus", 0.3, 0.25, 0.6, 0.6);
      } else if (i % 8 != 6) {
        film.box(1, "bus", 0.3, 0.25, 0.7, 0.6);
      }
      film.box(2, "person", 0.62, 0.3, 0.65, 0.4);
      film.frame(0.1);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void aPersonBeforeTheVehicleIsAnIntruder() {
    for (int i = 0; i < 30; i++) {
      film.box(1, "bus", 0.3, 0.25, 0.7, 0.6);
      film.box(2, "person", 0.4, 0.45, 0.44, 0.59);
      film.frame(0.1);
    }
    assertThat(film.alerts).isNotEmpty();
  }

  @Test
  void aPersonBehindTheVehicleOrAtItsSideIsAnIntruder() {
    for (int i = 0; i < 30; i++) {
      film.box(1, "car", 0.3, 0.4, 0.6, 0.6);
      film.box(2, "person", 0.4, 0.33, 0.44, 0.5); // seen above the roof
      film.box(3, "person", 0.58, 0.42, 0.62, 0.55);
      film.frame(0.1);
    }
    assertThat(film.alerts.get(0).participants().tracks()).containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void aDriverWhoStepsOutIsAnIntruderASecondLater() {
    for (int i = 0; i < 40; i++) {
      film.box(1, "car", 0.3, 0.4, 0.5, 0.6);
      double x = i < 20 ? 0.4 : 0.53;
      film.box(2, "person", x - 0.02, 0.42, x + 0.02, i < 20 ? 0.53 : 0.6);
      film.frame(0.1);
    }
    assertThat(film.alerts).isNotEmpty();
    assertThat(film.alerts.get(0).span().start().mediaTime().ticks() / 90_000.0)
        .isBetween(2.9, 3.2);
  }

  @Test
  void aPersonWithinATwoWheelersBoxIsNoOccupantOfAVehicle() {
    for (int i = 0; i < 30; i++) {
      film.box(1, "motorcycle", 0.3, 0.4, 0.5, 0.6);
      film.box(2, "person", 0.38, 0.42, 0.42, 0.53);
      film.frame(0.1);
    }
    assertThat(film.alerts).isNotEmpty();
  }

  private List<String> counts() {
    return List.copyOf(film.engine.measurements().lines().get(0).byClass().keySet());
  }
}
