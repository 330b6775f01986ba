package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.rules.counting.Sample;
import io.kydai.analytics.rules.settings.RuleSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each frame adds to the statistics. */
class SamplesTest {
  private static final Instant BEGIN = Instant.parse("2026-11-23T07:00:00Z");

  private static List<Sample> samples(Film film, Runnable frames) {
    List<Sample> samples = new ArrayList<>();
    film.engine.statisticsTo(samples::add);
    frames.run();
    film.engine.end();
    return samples;
  }

  private static long sum(List<Sample> samples, Sample.Measure measure, String label) {
    return samples.stream()
        .filter(one -> one.series().measure() == measure && one.series().label().equals(label))
        .mapToLong(Sample::count)
        .sum();
  }

  @Test
  void aCrossingIsGivenOnceWithTheTimeForWhichTheLineWasWatched() {
    Film film =
        new Film(Film.FROM_ABOVE, BEGIN, new RuleSpec("cars", "line-count", Map.of("line", "v")));
    List<Sample> samples =
        samples(
            film,
            () -> {
              for (int i = 0; i <= 20; i++) {
                film.at(1, "car", 0.3 + i * 0.02, 0.5).frame(0.2);
              }
            });
    assertThat(sum(samples, Sample.Measure.COUNT, "car")).isEqualTo(1);
    assertThat(sum(samples, Sample.Measure.WATCHED, "")).isEqualTo(4_000);
    assertThat(samples)
        .filteredOn(one -> one.series().measure() == Sample.Measure.COUNT)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.series().element()).isEqualTo("v");
              assertThat(one.series().direction()).isIn("forward", "backward");
              assertThat(one.at()).isBetween(BEGIN, BEGIN.plusSeconds(5));
            });
  }

  @Test
  void aPersonWhoTurnsOutToRideIsTakenBackInTheMinuteInWhichItWasCounted() {
    Film film =
        new Film(Film.FROM_ABOVE, BEGIN, new RuleSpec("all", "line-count", Map.of("line", "v")));
    List<Sample> samples =
        samples(
            film,
            () -> {
              for (int i = 0; i <= 14; i++) {
                film.at(1, "person", 0.3 + i * 0.02, 0.5).frame(0.2);
              }
              for (int i = 15; i <= 20; i++) {
                film.at(1, "motorcycle", 0.3 + i * 0.02, 0.5).frame(0.2);
              }
            });
    assertThat(sum(samples, Sample.Measure.COUNT, "person")).isZero();
    assertThat(sum(samples, Sample.Measure.COUNT, "motorcycle")).isEqualTo(1);
  }

  @Test
  void occupancyIsObjectsTimesMillisecondsOfEachClass() {
    Film film =
        new Film(
            Film.FROM_ABOVE,
            BEGIN,
            new RuleSpec("crowd", "crowding", Map.of("zone", "z", "people", 5)));
    List<Sample> samples =
        samples(
            film,
            () -> {
              for (int i = 0; i <= 10; i++) {
                film.at(1, "person", 0.5, 0.5).at(2, "person", 0.6, 0.5).frame(0.2);
              }
            });
    assertThat(samples)
        .filteredOn(one -> one.series().measure() == Sample.Measure.PRESENT)
        .filteredOn(one -> one.series().label().equals("person"))
        .allSatisfy(one -> assertThat(one.total()).isEqualTo(2 * one.count()))
        .allSatisfy(one -> assertThat(one.most()).isEqualTo(2));
    assertThat(sum(samples, Sample.Measure.PRESENT, "")).isEqualTo(2_000);
  }

  @Test
  void anObjectThatWentThroughAZoneHasOneSpeed() {
    Film film =
        new Film(
            Film.FROM_ABOVE,
            BEGIN,
            new RuleSpec("limit", "speeding", Map.of("zone", "z", "limit", 50)));
    List<Sample> samples =
        samples(
            film,
            () -> {
              for (int i = 0; i <= 20; i++) {
                film.at(1, "car", 0.3 + i * 0.02, 0.5).frame(0.2);
              }
            });
    assertThat(samples)
        .filteredOn(one -> one.series().measure() == Sample.Measure.SPEED)
        .singleElement()
        .satisfies(one -> assertThat(one.total()).isBetween(9_500L, 10_500L))
        .satisfies(one -> assertThat(one.series().label()).isEqualTo("car"));
  }
}
