package io.kydai.analytics.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import io.kydai.analytics.rules.settings.SignalFeed.Source;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControllerSignalTest {
  private static final Instant T = Instant.parse("2026-11-23T05:00:00Z");
  private static final CameraId CAMERA = new CameraId("gate");

  private final CameraSignals signals =
      new CameraSignals(
          CAMERA,
          Scene.EMPTY,
          List.of(
              new RuleSpec(
                  "r", "red-light", Map.of("line", "v", "signal", "north", "external", true)),
              new RuleSpec("s", "red-light", Map.of("line", "v", "signal", "drawn")),
              new RuleSpec("t", "stopped", Map.of("signal", "no", "external", true))));

  private static ControllerMessage word(Light light, int since, int until) {
    return word(light, since, until, since);
  }

  private static ControllerMessage word(Light light, double since, double until, double told) {
    return new ControllerMessage(light, time(since), time(until), time(told));
  }

  private static Instant time(double seconds) {
    return T.plusMillis(Math.round(seconds * 1_000));
  }

  private Optional<Shown> at(int seconds) {
    return signals.shown(CAMERA, "north", T.plusSeconds(seconds));
  }

  @Test
  void aWordHoldsUntilItExpiresOrTheNextOneComes() {
    assertThat(signals.tell("north", word(Light.GREEN, 0, 10))).isTrue();
    assertThat(signals.tell("north", word(Light.RED, 5, 15))).isTrue();
    assertThat(at(-1)).isEmpty();
    assertThat(at(4).map(Shown::light)).contains(Light.GREEN);
    assertThat(at(5)).contains(new Shown(Light.RED, T.plusSeconds(5), Source.CONTROLLER));
    assertThat(at(15)).as("expired").isEmpty();
    signals.tell("north", word(null, 16, 30));
    assertThat(at(20)).as("the controller does not know").isEmpty();
  }

  @Test
  void theSameLightToldAgainGoesOnFromWhenItBegan() {
    signals.tell("north", word(Light.RED, 0, 10));
    signals.tell("north", word(Light.RED, 9, 19));
    signals.tell("north", word(Light.RED, 18, 28));
    assertThat(at(27)).contains(new Shown(Light.RED, T, Source.CONTROLLER));
    signals.tell("north", word(Light.RED, 60, 70));
    assertThat(at(61).map(Shown::since)).as("silence in between").contains(T.plusSeconds(60));
  }

  @Test
  void whatIsOlderThanWhatIsKnownIsRefused() {
    signals.tell("north", word(Light.RED, 10, 20));
    assertThatThrownBy(() -> signals.tell("north", word(Light.GREEN, 5, 30, 11)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2026-11-23T05:00:10Z");
  }

  @Test
  void whenTheClockIsSetBackOldWordsDoNotAnswerForTimesThatComeAgain() {
    signals.tell("north", word(Light.RED, 0, 400));
    signals.tell("north", word(Light.GREEN, 300, 400));
    assertThat(at(299).map(Shown::light)).as("a moment ago").contains(Light.RED);
    // Set back by five minutes: it is 1 s again, and the light is still green.
    assertThat(at(1)).isEmpty();
    signals.tell("north", word(Light.GREEN, 0, 12, 2));
    assertThat(at(2).map(Shown::light)).contains(Light.GREEN);
    signals.tell("north", word(Light.RED, 5, 15));
    assertThat(at(6)).contains(new Shown(Light.RED, T.plusSeconds(5), Source.CONTROLLER));
  }

  @Test
  void onlySignalsThatAreDrawnOrDeclaredMayBeToldOf() {
    assertThat(signals.tell("drawn", word(Light.RED, 0, 1))).as("no zone, not external").isFalse();
    assertThat(signals.tell("no", word(Light.RED, 0, 1))).as("another type").isFalse();
    assertThat(signals.states(T)).extracting(SignalState::signal).containsExactly("north");
    assertThat(signals.shown(new CameraId("other"), "north", T)).isEmpty();
  }

  @Test
  void theMemoryOfAChattyControllerIsBounded() {
    for (int i = 0; i < 1_000; i++) {
      double at = 0.25 * i;
      signals.tell("north", word(i % 2 == 0 ? Light.RED : Light.GREEN, at, at + 5, at));
    }
    assertThat(at(250).map(Shown::light)).contains(Light.GREEN);
    assertThat(at(250 - ControllerSignal.MAX_WORDS / 4)).isPresent();
    assertThat(at(250 - ControllerSignal.MAX_WORDS / 4 - 1)).as("forgotten").isEmpty();
  }
}
