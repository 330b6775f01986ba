package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.settings.SignalFeed;
import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Red lights and sudden stops. */
class OffenceRulesTest {

  @ParameterizedTest
  @CsvSource({"RED,0,1", "RED,4.5,0", "RED,3,1", "AMBER,0,0", "GREEN,0,0"})
  void onlyWhoCrossesAfterTheGraceOfARedIsAccused(Light light, double since, int alerts) {
    Instant from = Instant.ofEpochMilli(Math.round(since * 1000));
    SignalFeed feed =
        (camera, signal, when) ->
            !signal.equals("s1") || when.isBefore(from)
                ? Optional.empty()
                : Optional.of(new SignalFeed.Shown(light, from, SignalFeed.Source.LAMPS));
    List<Alert> opened = opened(feed, "s1");
    assertThat(opened).hasSize(alerts);
    assertThat(opened(feed, "s2")).as("nothing is known of this signal").isEmpty();
    if (alerts > 0) {
      assertThat(opened.get(0).finding().reason())
          .matches(
              "car crossed the stop line v while signal s1 had shown red for [0-9.]+ s, since "
                  + Pattern.quote(from.toString())
                  + ", read from its lamps \\(grace: 1 s\\)");
    }
  }

  /**
   * Red since 2 s, with a grace of 1 s. Who is seen beyond the line later may have crossed at any
   * time since being seen before it.
   */
  @ParameterizedTest
  @CsvSource({
    // hidden by a bus from the first time to the second: may have crossed on green, or within grace
    "1.0, 4.5, 0",
    "2.9, 4.5, 0",
    // was before the line yet when red had lasted its grace
    "3.2, 4.5, 1",
    "3.2, 3.3, 1",
  })
  void whoIsHiddenAtTheLineIsAccusedOnlyOfWhatIsCertain(double from, double to, int alerts) {
    assertThat(crossing(t -> t < from ? -0.1 : t < to ? Double.NaN : 0.1)).hasSize(alerts);
  }

  @Test
  void whoStandsJustBeyondTheLineSinceGreenMayCreepOnDuringRed() {
    assertThat(crossing(t -> t < 1 ? -0.1 + 0.105 * t : t < 5 ? 0.005 : 0.005 + 0.02 * (t - 5)))
        .isEmpty();
  }

  @Test
  void whoWaitsCloseToTheLineAndSetsOffDuringRedIsAccused() {
    List<Alert> opened =
        crossing(t -> t < 1 ? -0.1 + 0.095 * t : t < 5 ? -0.005 : -0.005 + 0.02 * (t - 5));
    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).finding().reason()).contains("had shown red for 3.");
  }

  /**
   * @param beyond how far beyond the line somebody is at a time; NaN where hidden
   */
  private static List<Alert> crossing(DoubleUnaryOperator beyond) {
    Instant red = Instant.ofEpochSecond(2);
    SignalFeed feed =
        (camera, signal, when) ->
            Optional.of(
                when.isBefore(red)
                    ? new SignalFeed.Shown(Light.GREEN, Instant.EPOCH, SignalFeed.Source.LAMPS)
                    : new SignalFeed.Shown(Light.RED, red, SignalFeed.Source.LAMPS));
    return opened(feed, "s1", beyond);
  }

  /** A rider from behind is a person until the machine is seen. */
  @ParameterizedTest
  @CsvSource({"1, motorcycle, 1", "4, motorcycle, 1", "7, motorcycle, 0", "1, bicycle, 0"})
  void whoTurnsOutToBeAVehicleIsAccusedOfTheMomentOfTheCrossing(
      double after, String label, int alerts) {
    Film film = new Film("lane-violation", Map.of("line", "v"));
    while (film.seconds() < 10) {
      double seconds = film.seconds();
      String known = seconds < 2 + after ? "person" : label;
      film.at(1, known, 0.4 + 0.05 * Math.min(4, seconds), 0.5)
          .at(2, "person", 0.1, 0.1)
          .frame(0.1);
    }
    film.end();
    List<Alert> opened =
        film.alerts.stream().filter(alert -> alert.phase() == Alert.Phase.OPENED).toList();
    assertThat(opened).hasSize(alerts);
    assertThat(opened)
        .allSatisfy(
            alert -> {
              assertThat(alert.span().start().mediaTime().toSeconds()).isBetween(2.0, 2.5);
              assertThat(alert.finding().reason()).isEqualTo("motorcycle crossed the solid line v");
            });
  }

  @Test
  void whoTurnedBackBeforeItTurnedOutIsNotAccused() {
    Film film = new Film("wrong-way", Map.of("line", "v", "allowed", "forward", "classes", "car"));
    for (double x : new double[] {0.4, 0.45, 0.55, 0.6, 0.55, 0.45, 0.4}) {
      film.at(1, "person", x, 0.5).frame(0.2);
    }
    film.at(1, "car", 0.4, 0.5).frame(0.2);
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void whoStopsHardBesideAnotherIsOneIncidentForAllWhoTakePart() {
    Film film = new Film(Film.FROM_ABOVE, "incident", Map.of("zone", "z"));
    for (int i = 0; i < 200; i++) {
      double seconds = i * 0.1;
      // 54 km/h, stopped dead behind one that stands, after 2 s; another the same, 3 s later.
      film.at(1, "car", 0.6, 0.5);
      film.at(2, "car", 0.25 + 0.15 * Math.min(2, seconds), 0.5);
      double third = Math.max(0, seconds - 3);
      film.at(3, "motorcycle", 0.22 + 0.15 * Math.min(2, third), 0.53);
      film.frame(0.1);
    }
    film.end();
    assertThat(film.alerts).extracting(Alert::id).isNotEmpty().containsOnly(AlertId.of("a1"));
    Alert closed = film.alerts.get(film.alerts.size() - 1);
    assertThat(closed.participants().tracks()).contains(1L, 2L, 3L);
    assertThat(closed.finding().measures().get("speed")).isBetween(45.0, 56.0);
    assertThat(closed.finding().reason()).startsWith("car stopped from 5");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0.2, 0.033})
  void anIncidentIsToldOnceAtAnyFrameRateThoughTheFirstIsOverlookedNowAndThen(double step) {
    Film film = new Film(Film.FROM_ABOVE, "incident", Map.of("zone", "z"));
    for (int i = 0; film.seconds() < 60; i++) {
      double seconds = film.seconds();
      film.at(1, "car", 0.6, 0.5);
      if (seconds < 8 || i % 5 > 0) {
        film.at(2, "car", 0.25 + 0.15 * Math.min(2, seconds), 0.5);
      }
      double third = Math.max(0, seconds - 3);
      film.at(3, "motorcycle", 0.22 + 0.15 * Math.min(2, third), 0.53);
      film.at(4, "person", 0.5, 0.56).frame(step);
    }
    assertThat(film.end().alerts).extracting(Alert::id).isNotEmpty().containsOnly(AlertId.of("a1"));
  }

  @Test
  void aPedestrianWhoIsBrakedForOrPassesByLaterIsNoIncident() {
    Film film = new Film(Film.FROM_ABOVE, "incident", Map.of("zone", "z"));
    while (film.seconds() < 120) {
      double seconds = film.seconds();
      film.at(1, "car", 0.25 + 0.15 * Math.min(2, seconds), 0.5);
      film.at(2, "person", 0.58, Math.min(0.75, 0.42 + 0.013 * seconds));
      if (seconds > 90 && seconds < 105) {
        film.at(3, "person", 0.57, 0.52); // somebody stands there a minute and a half later
      }
      film.frame(0.1);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void whoBrakesForALightOrStopsAloneIsNone() {
    Film film = new Film(Film.FROM_ABOVE, "incident", Map.of("zone", "z"));
    for (int i = 0; i < 150; i++) {
      double seconds = i * 0.1;
      double braking = Math.min(5, seconds); // from 54 km/h at 3 m/s²
      film.at(1, "car", 0.62, 0.5);
      film.at(2, "car", 0.21 + 0.15 * braking - 0.015 * braking * braking, 0.5);
      film.at(3, "car", 0.25 + 0.15 * Math.min(2, seconds), 0.7); // hard, but nobody is near
      film.frame(0.1);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  private static List<Alert> opened(SignalFeed feed, String signal) {
    return opened(feed, signal, time -> 0.04 * time - 0.2);
  }

  /** Two come to the line, one each way. */
  private static List<Alert> opened(SignalFeed feed, String signal, DoubleUnaryOperator beyond) {
    CameraId camera = new CameraId("c");
    RuleSpec rule =
        new RuleSpec("r", "red-light", Map.of("line", "v", "signal", signal, "external", true));
    RuleEngine engine =
        new RuleEngine(camera, Film.SCENE, List.of(rule), () -> AlertId.of("a"), feed);
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i <= 100; i++) {
      float x = (float) beyond.applyAsDouble(i / 10.0);
      List<Track> tracks =
          Float.isNaN(x) ? List.of() : List.of(car(1, 0.5f - x, 0.5f), car(2, 0.5f + x, 0.3f));
      alerts.addAll(
          engine.observe(
              new Observation(
                  camera, i * 9000L, Instant.ofEpochMilli(i * 100L), 640, 360, tracks)));
    }
    alerts.addAll(engine.end());
    return alerts.stream().filter(alert -> alert.phase() == Alert.Phase.OPENED).toList();
  }

  private static Track car(long id, float x, float y) {
    return new Track(id, "car", 0.9f, new Box(x - 0.05f, y - 0.1f, x + 0.05f, y), true, 0);
  }
}
