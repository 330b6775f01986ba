package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.TimeBuckets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineCountTest {
  private final Film film = new Film("line-count", Map.of("line", "v"));

  @ParameterizedTest
  @CsvSource({"1, motorcycle", "4, motorcycle", "7, person"})
  void aRiderWhoIsAPersonAtTheLineIsCountedOnceAsWhatIsRidden(double after, String counted) {
    Film all = new Film("line-count", Map.of("line", "v"));
    Film motorcycles = new Film("line-count", Map.of("line", "v", "classes", "motorcycle"));
    while (all.seconds() < 10) {
      double seconds = all.seconds();
      String label = seconds < 2 + after ? "person" : "motorcycle";
      for (Film film : List.of(all, motorcycles)) {
        film.at(1, label, 0.4 + 0.05 * Math.min(4, seconds), 0.5)
            .at(2, "person", 0.1 + 0.1 * Math.min(6, seconds), 0.3)
            .frame(0.1);
      }
    }
    Map<String, Long> sums = new TreeMap<>(Map.of("person", 1L));
    sums.merge(counted, 1L, Long::sum);
    assertThat(totals(all)).isEqualTo(sums);
    sums.remove("person");
    assertThat(totals(motorcycles)).isEqualTo(sums);
    long inPieces =
        all.engine.measurements().lines().get(0).pieces().stream()
            .filter(piece -> piece.label().equals(counted))
            .mapToLong(piece -> piece.directions().forward() + piece.directions().backward())
            .sum();
    assertThat(inPieces).isEqualTo(totals(all).get(counted));
  }

  @Test
  void crossingsAreCountedInPiecesOfTheWallClockForADay() {
    Film film = new Film("line-count", Map.of("line", "v"), Instant.parse("2026-11-23T07:03:00Z"));
    for (int minute = 0; minute < 26 * 60; minute++) {
      double x = minute % 2 == 0 ? 0.4 : 0.6; // to and fro, a minute apart, each time another car
      film.at(2 * minute, "car", x, 0.5).frame(0.5).at(2 * minute, "car", 1 - x, 0.5).frame(59.5);
    }
    LineCounts counts = film.engine.measurements().lines().get(0);
    assertThat(counts.forward() + counts.backward()).isEqualTo(26 * 60);
    assertThat(counts.pieces()).hasSize(TimeBuckets.MOST);
    LineCounts.Piece last = counts.pieces().get(TimeBuckets.MOST - 1);
    assertThat(last.from()).isEqualTo("2026-11-24T09:00:00Z");
    assertThat(last.directions().forward() + last.directions().backward()).isEqualTo(3);
    assertThat(counts.per(Duration.ofMinutes(60)).pieces())
        .filteredOn(piece -> piece.from().equals(Instant.parse("2026-11-24T08:00:00Z")))
        .singleElement()
        .satisfies(
            piece -> {
              assertThat(piece.directions()).isEqualTo(new LineCounts.Directions(30, 30));
              assertThat(piece.label()).isEqualTo("car");
            });
    assertThatThrownBy(() -> counts.per(Duration.ofMinutes(7)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<String, Long> totals(Film film) {
    Map<String, Long> totals = new TreeMap<>();
    film.engine
        .measurements()
        .lines()
        .get(0)
        .byClass()
        .forEach((label, ways) -> totals.put(label, ways.forward() + ways.backward()));
    return totals;
  }

  @Test
  void fromTheRightHalfToTheLeftHalfOfADownwardLineIsForward() {
    walk(1, 0.7, 0.3);
    assertCounts(1, 0);
    walk(2, 0.3, 0.7);
    assertCounts(1, 1);
    assertThat(film.engine.measurements().lines().get(0).byClass())
        .isEqualTo(Map.of("person", new LineCounts.Directions(1, 1)));
  }

  @Test
  void everyAngleAndFrameRateCountsOnceAndSymmetrically() {
    Random random = new Random(3);
    for (int run = 0; run < 300; run++) {
      Film there = new Film("line-count", Map.of("line", "v"));
      Film back = new Film("line-count", Map.of("line", "v"));
      double y1 = 0.2 + 0.6 * random.nextDouble();
      double y2 = 0.2 + 0.6 * random.nextDouble();
      double part = 0;
      while (part < 1) {
        double x = 0.8 - 0.6 * part;
        double y = y1 + (y2 - y1) * part;
        double step = 0.033 + random.nextDouble() * random.nextDouble();
        there.at(1, "car", x, y).frame(step);
        back.at(1, "car", 1 - x, y).frame(step);
        part += step / 3;
      }
      there.at(1, "car", 0.2, y2).frame(1);
      back.at(1, "car", 0.8, y2).frame(1);
      assertThat(there.engine.measurements().lines().get(0).forward()).isEqualTo(1);
      assertThat(there.engine.measurements().lines().get(0).backward()).isZero();
      assertThat(back.engine.measurements().lines().get(0).backward()).isEqualTo(1);
      assertThat(back.engine.measurements().lines().get(0).forward()).isZero();
    }
  }

  @Test
  void jitterOnTheLineNeverCounts() {
    Random random = new Random(1);
    film.at(1, "person", 0.6, 0.5).frame(0.1);
    for (int i = 0; i < 500; i++) {
      film.at(1, "person", 0.5 + 0.019 * (random.nextDouble() - 0.5), 0.5).frame(0.04);
    }
    assertCounts(0, 0);
    film.at(1, "person", 0.6, 0.5).frame(0.1);
    assertCounts(0, 0);
  }

  @Test
  void backAndForthCountsEachWay() {
    for (int i = 0; i < 3; i++) {
      walk(1, 0.6, 0.4);
      walk(1, 0.4, 0.6);
    }
    assertCounts(3, 3);
  }

  @Test
  void whoWalksRoundTheEndOfTheLineDoesNotCross() {
    film.at(1, "person", 0.6, 0.5).frame(0.5);
    film.at(1, "person", 0.6, 0.98).frame(0.5);
    film.at(1, "person", 0.4, 0.98).frame(0.5);
    film.at(1, "person", 0.4, 0.5).frame(0.5);
    assertCounts(0, 0);
    walk(1, 0.4, 0.6);
    assertCounts(0, 1);
  }

  @Test
  void aCrossingHiddenForTwoSecondsCounts() {
    film.at(1, "person", 0.53, 0.5).frame(2);
    film.ghost(1, "person", 0.51, 0.5).frame(0.1);
    film.at(1, "person", 0.47, 0.5).frame(0.1);
    assertCounts(1, 0);
  }

  @Test
  void aChangeOfIdOnTheLineCountsOnce() {
    film.at(1, "person", 0.52, 0.5).frame(0.1);
    film.at(1, "person", 0.505, 0.5).frame(0.1);
    film.frame(0.1);
    film.at(2, "person", 0.495, 0.5).frame(0.1);
    film.at(2, "person", 0.46, 0.5).frame(0.1);
    assertCounts(1, 0);
    film.at(3, "person", 0.45, 0.5).frame(0.1); // again, after the crossing
    film.at(3, "person", 0.4, 0.5).frame(0.1);
    assertCounts(1, 0);
  }

  @Test
  void somebodyElseWhoComesUpOnTheOtherSideIsNoCrossing() {
    film.at(1, "person", 0.6, 0.5).frame(0.1);
    film.at(2, "person", 0.4, 0.5).frame(0.1);
    film.at(3, "car", 0.59, 0.5).frame(0.1);
    film.at(3, "car", 0.58, 0.5).frame(0.1);
    assertCounts(0, 0);
  }

  @Test
  void ghostsDoNotCross() {
    film.at(1, "person", 0.53, 0.5).frame(0.1);
    film.ghost(1, "person", 0.45, 0.5).frame(0.1);
    film.at(1, "person", 0.53, 0.5).frame(0.1);
    assertCounts(0, 0);
  }

  @Test
  void onlyTheClassesAskedForCount() {
    Film cars = new Film("line-count", Map.of("line", "v", "classes", "car"));
    cars.at(1, "car", 0.6, 0.5).at(2, "person", 0.6, 0.3).frame(0.5);
    cars.at(1, "car", 0.4, 0.5).at(2, "person", 0.4, 0.3).frame(0.5);
    assertThat(cars.engine.measurements().lines().get(0).byClass()).containsOnlyKeys("car");
  }

  private void walk(long id, double from, double to) {
    for (int i = 0; i <= 20; i++) {
      film.at(id, "person", from + (to - from) * i / 20, 0.5).frame(0.1);
    }
  }

  private void assertCounts(long forward, long backward) {
    LineCounts counts = film.engine.measurements().lines().get(0);
    assertThat(counts.forward()).as("forward").isEqualTo(forward);
    assertThat(counts.backward()).as("backward").isEqualTo(backward);
  }
}
