package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What holds for every way over every line: counts are exact, and the same way over the reversed
 * line counts the other way. The ways come from seeded chance; a failure names its seed.
 */
class CrossingPropertiesTest {
  private static final int RUNS = 250;

  @ParameterizedTest(name = "{3} of the picture in {0} s, {1} missed, ids change: {2}")
  @CsvSource({
    "0.033, 0, false, 0.012",
    "0.033, 0.3, false, 0.012",
    "0.033, 0.3, true, 0.012",
    "0.1, 0, true, 0.012",
    "0.1, 0.3, true, 0.012",
    "0.333, 0.2, true, 0.012",
    "1, 0, false, 0.012",
    "1, 0.1, false, 0.012",
    "1, 0, true, 0.012",
    // as fast as traffic near by: a few frames for the whole picture
    "0.1, 0.3, false, 0.03",
    "0.333, 0.2, false, 0.08",
    "1, 0, false, 0.1",
    "1, 0.2, false, 0.25",
  })
  void everyWayIsCountedExactlyAndSymmetrically(
      double seconds, double missed, boolean switches, double stride) {
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      double angle = random.nextDouble() * 2 * Math.PI;
      Point from = around(angle, -0.3, 0);
      Point to = around(angle, 0.3, 0);
      Film there = film(from, to);
      Film reversed = film(to, from);
      int crossings = 1 + random.nextInt(4);
      long id = 1;
      int gap = 0;
      for (Point place : way(random, angle, crossings, stride)) {
        // Two misses in a row at most: who jumps further than his box is somebody else.
        if (gap < 2 && random.nextDouble() < missed) {
          gap++;
        } else {
          if (switches && gap == 0 && random.nextInt(12) == 0) {
            id++;
          }
          gap = 0;
          there.at(id, "person", place.x(), place.y());
          reversed.at(id, "person", place.x(), place.y());
        }
        there.frame(seconds);
        reversed.frame(seconds);
      }
      LineCounts counts = there.engine.measurements().lines().stream().findFirst().orElseThrow();
      LineCounts mirrored =
          reversed.engine.measurements().lines().stream().findFirst().orElseThrow();
      // The first crossing goes from the left-hand side to the right-hand side.
      assertThat(counts.forward()).as("forward, seed " + seed).isEqualTo((crossings + 1) / 2);
      assertThat(counts.backward()).as("backward, seed " + seed).isEqualTo(crossings / 2);
      assertThat(mirrored.forward()).as("seed " + seed).isEqualTo(counts.backward());
      assertThat(mirrored.backward()).as("seed " + seed).isEqualTo(counts.forward());
    }
  }

  /** From side to side at any angle, so many times, loitering on the line now and then. */
  private static List<Point> way(Random random, double angle, int crossings, double stride) {
    List<Point> way = new ArrayList<>();
    double along = (random.nextDouble() - 0.5) * 0.2;
    double side = -1;
    double across = side * (0.05 + 0.1 * random.nextDouble());
    for (int stay = 0; stay < 3; stay++) {
      way.add(around(angle, along, across)); // so that it is seen before it crosses
    }
    for (int i = 0; i < crossings; i++) {
      side = -side;
      double toAlong = (random.nextDouble() - 0.5) * 0.4;
      double toAcross = side * (0.05 + 0.1 * random.nextDouble());
      int steps = (int) Math.ceil(Math.hypot(toAlong - along, toAcross - across) / stride);
      boolean waits = random.nextInt(3) == 0;
      for (int step = 1; step <= steps; step++) {
        double part = step / (double) steps;
        double at = across + (toAcross - across) * part;
        double on = along + (toAlong - along) * part;
        way.add(around(angle, on, at));
        for (int wait = 0; waits && Math.abs(at) < 0.009 && wait < 5; wait++) {
          way.add(around(angle, on, at + 0.002 * random.nextGaussian() * (0.009 - Math.abs(at))));
        }
      }
      along = toAlong;
      across = toAcross;
      for (int stay = 0; stay < 3; stay++) {
        way.add(around(angle, along, across));
      }
    }
    return way;
  }

  /** In the frame of the line: so far along it, and so far to its right. */
  private static Point around(double angle, double along, double right) {
    return new Point(
        0.5 + along * Math.cos(angle) - right * Math.sin(angle),
        0.5 + along * Math.sin(angle) + right * Math.cos(angle));
  }

  private static Film film(Point from, Point to) {
    Scene scene = new Scene(List.of(new Line("l", from, to)), List.of());
    return new Film(scene, Instant.EPOCH, new RuleSpec("count", "line-count", Map.of("line", "l")));
  }
}
