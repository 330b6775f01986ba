package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.rules.counting.LineCounts;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A box's foot that is on the other side of a line for a moment, and those who really cross. */
class LineFlickerTest {
  private final Film count = new Film("line-count", Map.of("line", "v"));
  private final Film wrong = new Film("wrong-way", Map.of("line", "v", "allowed", "forward"));
  private final Film back = new Film("wrong-way", Map.of("line", "v", "allowed", "backward"));

  @ParameterizedTest(name = "each {0} s, the foot {1} beyond on {2} frame(s) in a row")
  @CsvSource({
    "0.1, 0.015, 1",
    "0.1, 0.04, 1",
    "0.1, 0.08, 1",
    "0.2, 0.015, 1",
    "0.2, 0.06, 1",
    "0.033, 0.015, 3",
    "0.033, 0.05, 2",
    "1, 0.015, 1",
    "1, 0.02, 1",
  })
  void aSideSeenForAMomentIsNoCrossing(double seconds, double beyond, int frames) {
    for (int i = 0; i < 250; i++) {
      show(i % 25 >= 12 && i % 25 < 12 + frames ? 0.5 + beyond : 0.485, seconds);
    }
    assertThat(end()).containsExactly(0L, 0L);
    assertThat(wrong.alerts).isEmpty();
    assertThat(back.alerts).isEmpty();
  }

  @ParameterizedTest(name = "{1} moments between looks, one of which has the foot {0} beyond")
  @CsvSource({"0.015, 2", "0.02, 2", "0.06, 1", "0.09, 1"})
  void whatWasInterpolatedAroundOneLookIsNoSecondSight(double beyond, int between) {
    double before = 0.485;
    for (int i = 1; i < 100; i++) {
      double foot = i % 10 == 5 ? 0.5 + beyond : 0.485;
      for (int moment = 1; moment <= between; moment++) {
        double x = before + (foot - before) * moment / (between + 1);
        count.at(1, "car", x, 0.5).propagated(0.1);
      }
      count.at(1, "car", foot, 0.5).frame(0.1);
      before = foot;
    }
    count.end();
    LineCounts counts = count.engine.measurements().lines().get(0);
    assertThat(counts.forward() + counts.backward()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.015, 0.06})
  void theFirstFrameOfATrackMayBeTheOneThatIsElsewhere(double beyond) {
    show(0.5 + beyond, 0.1);
    for (int i = 0; i < 50; i++) {
      show(0.48, 0.1);
    }
    assertThat(end()).containsExactly(0L, 0L);
    assertThat(back.alerts).isEmpty();
  }

  @Test
  void theLastFrameOfATrackThatStoodMayBeTheOneThatIsElsewhere() {
    for (int i = 0; i < 50; i++) {
      show(0.485, 0.1);
    }
    show(0.515, 0.1);
    for (int i = 0; i < 20; i++) {
      skip(0.1);
    }
    assertThat(end()).containsExactly(0L, 0L);
    assertThat(wrong.alerts).isEmpty();
  }

  @Test
  void whoCrossesAndFlickersOnTheWayCrossesOnce() {
    DoubleUnaryOperator walk = time -> 0.4 + 0.02 * time;
    for (int i = 0; i < 100; i++) {
      double x = walk.applyAsDouble(i * 0.1);
      show(i % 7 == 3 ? x + (x < 0.5 ? 0.06 : -0.06) : x, 0.1);
    }
    assertThat(end()).containsExactly(0L, 1L);
    assertThat(wrong.alerts)
        .extracting(alert -> alert.id())
        .isNotEmpty()
        .containsOnly(AlertId.of("a1"));
  }

  @ParameterizedTest(name = "{0} of the picture on each frame, beginning at {1}, {2} s apart")
  @CsvSource({
    "0.6, 0.2, 0.1",
    "0.35, 0.1, 0.1",
    "0.3, 0.15, 0.033",
    "0.3, 0.3, 0.5",
    "0.2, 0.07, 0.1",
    "0.1, 0.085, 0.1",
    "0.1, 0.01, 0.04",
    "0.05, 0.485, 0.1",
    "0.05, 0.46, 1",
  })
  void whoCrossesThePictureInAFewFramesIsCountedOnceAndAccused(
      double stride, double from, double seconds) {
    double last = from;
    for (double x = from; x < 1; x += stride) {
      show(x, seconds);
      last = x;
    }
    for (double gone = 0; gone <= 1.5; gone += seconds) {
      skip(seconds);
    }
    assertThat(last).isGreaterThan(0.5);
    assertThat(counts()).as("without waiting for the end").containsExactly(0L, 1L);
    assertThat(end()).containsExactly(0L, 1L);
    assertThat(wrong.alerts)
        .extracting(alert -> alert.id())
        .isNotEmpty()
        .containsOnly(AlertId.of("a1"));
    assertThat(back.alerts).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.512, 0.52, 0.55, 0.7})
  void whoIsLostOrAnalysedNoFurtherJustBeyondTheLineWasOnTheWayThere(double last) {
    for (double x = last - 5 * 0.06; x < last + 0.01; x += 0.06) {
      show(x, 0.1);
    }
    assertThat(end()).containsExactly(0L, 1L);
    assertThat(wrong.alerts)
        .extracting(alert -> alert.id())
        .isNotEmpty()
        .containsOnly(AlertId.of("a1"));
  }

  @Test
  void theAlertBeginsWhenTheTrackWasFirstSeenBeyond() {
    for (int i = 0; i < 60; i++) {
      show(i < 20 ? 0.485 : 0.515, 0.1);
    }
    end();
    assertThat(wrong.alerts).isNotEmpty();
    assertThat(wrong.alerts.get(0).span().start().mediaTime().ticks()).isEqualTo(20 * 9000);
  }

  private void show(double x, double seconds) {
    films().forEach(film -> film.at(1, "person", x, 0.5).frame(seconds));
  }

  private void skip(double seconds) {
    films().forEach(film -> film.frame(seconds));
  }

  private List<Long> end() {
    films().forEach(Film::end);
    return counts();
  }

  private List<Long> counts() {
    LineCounts counts = count.engine.measurements().lines().get(0);
    return List.of(counts.forward(), counts.backward());
  }

  private Stream<Film> films() {
    return Stream.of(count, wrong, back);
  }
}
