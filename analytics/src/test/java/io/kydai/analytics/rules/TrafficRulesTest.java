package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.rules.counting.Movements;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Turning movements, queues, congestion and forbidden lines. */
class TrafficRulesTest {
  private static final Scene CROSSING =
      new Scene(
          List.of(),
          List.of(
              square("west", 0.0, 0.4),
              square("east", 0.8, 0.4),
              square("north", 0.4, 0.0),
              square("south", 0.4, 0.8)));
  private static final Map<String, Object> ARMS =
      Map.of(
          "origins", List.of("west", "east", "north", "south"),
          "destinations", List.of("west", "east", "north", "south"));

  @Test
  void everyMovementIsCountedOnceAtAnyFrameRateAndBackAgainTheSame() {
    Random random = new Random(11);
    String[] arms = {"west", "north", "east", "south"};
    double[][] ends = {{0.1, 0.5}, {0.5, 0.1}, {0.9, 0.5}, {0.5, 0.9}};
    Film film = new Film(CROSSING, "turning-movements", ARMS);
    long id = 0;
    for (int run = 0; run < 120; run++) {
      int from = run % 4;
      int to = (from + 1 + run / 4 % 3) % 4;
      double part = 0;
      boolean switches = run % 5 == 0;
      id++;
      while (part <= 1) {
        // Through the middle, overlooked now and then, under another id from half-way on.
        double[] a = part < 0.5 ? ends[from] : new double[] {0.5, 0.5};
        double[] b = part < 0.5 ? new double[] {0.5, 0.5} : ends[to];
        double way = part < 0.5 ? part * 2 : part * 2 - 1;
        if (random.nextInt(6) > 0) {
          film.at(
              switches && part > 0.5 ? -id : id,
              "car",
              a[0] + (b[0] - a[0]) * way,
              a[1] + (b[1] - a[1]) * way);
        }
        double step = 0.033 + random.nextDouble() * 0.3;
        film.frame(step);
        part += step / 10;
      }
      film.at(switches ? -id : id, "car", ends[to][0], ends[to][1]).frame(12);
    }
    Movements counted = film.engine.measurements().movements().get(0);
    for (int from = 0; from < 4; from++) {
      for (int to = 0; to < 4; to++) {
        assertThat(counted.total(arms[from], arms[to])).isEqualTo(from == to ? 0 : 10);
      }
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void countsAreKeptInPiecesOfTheWallClock() {
    Film film =
        new Film(
            CROSSING,
            Instant.parse("2026-11-23T06:58:00Z"),
            new RuleSpec("turns", "turning-movements", ARMS));
    for (int i = 0; i < 20; i++) {
      film.at(i + 1, i % 2 == 0 ? "car" : "bus", 0.1, 0.5).frame(1);
      film.at(i + 1, i % 2 == 0 ? "car" : "bus", 0.9, 0.5).frame(59);
    }
    Movements counted = film.engine.measurements().movements().get(0);
    assertThat(counted.rule()).isEqualTo(RuleId.of("turns"));
    assertThat(counted.counts().get(0))
        .isEqualTo(
            new Movements.Count(Instant.parse("2026-11-23T06:55:00Z"), "west", "east", "bus", 1));
    assertThat(counted.per(Duration.ofMinutes(15)).counts())
        .extracting(count -> count.from() + " " + count.label() + " " + count.count())
        .containsExactly(
            "2026-11-23T06:45:00Z bus 1",
            "2026-11-23T06:45:00Z car 1",
            "2026-11-23T07:00:00Z bus 7",
            "2026-11-23T07:00:00Z car 8",
            "2026-11-23T07:15:00Z bus 2",
            "2026-11-23T07:15:00Z car 1");
    assertThat(counted.per(Duration.ofHours(1)).counts()).hasSize(4);
  }

  @Test
  void aQueueThatMovesUpIsOneQueueAndTrafficThatFlowsIsNone() {
    Film standing = new Film(Film.FROM_ABOVE, "queue-length", Map.of("zone", "z", "vehicles", 4));
    for (int i = 0; i < 60; i++) {
      for (int car = 0; car < 5; car++) {
        standing.at(car + 1, "car", 0.3, 0.3 + 0.08 * car + (i > 30 ? 0.005 * (i - 30) : 0));
        standing.at(100 + car + i, "car", 0.7, (0.2 * i + 0.17 * car) % 1);
      }
      standing.frame(1);
    }
    standing.end();
    assertThat(standing.alerts).extracting(alert -> alert.id()).containsOnly(AlertId.of("a1"));
    assertThat(standing.alerts.get(0).finding().reason())
        .isEqualTo("queue of 5 vehicles over 32 m in zone z for 10 s (limit: 4)");
    assertThat(standing.alerts.get(0).finding().measures()).containsEntry("threshold", 4.0);
  }

  @Test
  void slowAndDenseIsCongestionWithItsLevel() {
    Map<String, Object> settings =
        Map.of("zone", "z", "free-speed", 50, "occupancy", 0.02, "for", 20);
    assertThat(traffic(settings, 20, 3)).isEqualTo("a1O a1C");
    assertThat(traffic(settings, 1, 3)).as("one slow car").isEmpty();
    assertThat(traffic(settings, 20, 12)).as("full but moving").isEmpty();
  }

  @Test
  void aSolidLineIsViolatedFromBothSidesAndOnceByEach() {
    Film film = new Film("lane-violation", Map.of("line", "v"));
    for (int i = 0; i <= 20; i++) {
      film.at(1, "car", 0.4 + 0.01 * i, 0.3).at(2, "car", 0.6 - 0.01 * i, 0.6);
      film.at(3, "car", 0.45, 0.2 + 0.02 * i).at(4, "person", 0.4 + 0.01 * i, 0.8);
      film.frame(0.1);
    }
    for (int i = 20; i >= 0; i--) {
      film.at(1, "car", 0.4 + 0.01 * i, 0.3).frame(0.1);
    }
    film.end();
    assertThat(film.phases().split(" ")).containsOnlyOnce("a1O", "a2O", "a1C", "a2C").hasSize(4);
    assertThat(film.alerts.get(0).finding().reason()).isEqualTo("car crossed the solid line v");
  }

  private static String traffic(Map<String, Object> settings, int cars, double metresPerSecond) {
    Film film = new Film(Film.FROM_ABOVE, "congestion", settings);
    while (film.seconds() < 60) {
      double way = metresPerSecond * film.seconds() / 100;
      for (int car = 0; car < cars; car++) {
        double place = way + car / (double) cars;
        film.at(
            1 + car + 1000 * (long) place, "car", 0.3 + 0.1 * (car % 4), place - Math.floor(place));
      }
      film.frame(0.2);
    }
    film.end();
    StringBuilder phases = new StringBuilder();
    film.alerts.stream()
        .filter(alert -> !alert.phase().name().equals("UPDATED"))
        .forEach(alert -> phases.append(alert.id()).append(alert.phase().name().charAt(0) + " "));
    if (!film.alerts.isEmpty()) {
      assertThat(film.alerts.get(film.alerts.size() - 1).finding().measures())
          .containsEntry("vehicles", cars * 0.6); // the zone's part of the road
      assertThat(film.alerts.get(0).finding().reason())
          .startsWith("level of service F in zone z for 20 s");
    }
    return phases.toString().strip();
  }

  private static Zone square(String id, double left, double top) {
    return new Zone(
        id,
        List.of(
            new Point(left, top),
            new Point(left + 0.2, top),
            new Point(left + 0.2, top + 0.2),
            new Point(left, top + 0.2)));
  }
}
