package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalLostTest {
  private static final CameraId CAMERA = new CameraId("gate");
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final List<Alert> alerts = new ArrayList<>();
  private double seconds;
  private double last;

  private static RuleEngine engine(RuleSpec... rules) {
    int[] ids = {0};
    return new RuleEngine(CAMERA, Scene.EMPTY, List.of(rules), () -> AlertId.of("a" + ++ids[0]));
  }

  private static RuleSpec rule(String id, Map<String, Object> settings) {
    return new RuleSpec(id, "signal-lost", settings);
  }

  private void pictures(RuleEngine engine, double lasting, double each) {
    for (double end = seconds + lasting; seconds < end; seconds += each) {
      last = seconds;
      alerts.addAll(
          engine.observe(
              new Observation(
                  CAMERA, MediaTime.ticksOfSeconds(last), at(last), 640, 360, List.of())));
    }
  }

  private void silence(RuleEngine engine, int lasting) {
    for (int second = 1; second <= lasting; second++) {
      alerts.addAll(
          engine.waiting(MediaTime.ticksOfSeconds(last), at(last), Duration.ofSeconds(second)));
    }
    seconds = last + lasting;
  }

  private static Instant at(double seconds) {
    return NOON.plusMillis(Math.round(seconds * 1000));
  }

  private String phases() {
    StringBuilder text = new StringBuilder();
    alerts.forEach(alert -> text.append(alert.id()).append(alert.phase().name().charAt(0)));
    return text.toString();
  }

  @Test
  void oneSilenceIsOneAlertFromTheLastPictureOn() {
    RuleEngine engine = engine(rule("lost", Map.of()));
    pictures(engine, 20, 0.1);
    silence(engine, 9);
    pictures(engine, 20, 0.1);
    assertThat(alerts).isEmpty();
    double before = last;
    silence(engine, 60);
    pictures(engine, 3, 0.1);
    assertThat(phases()).isEqualTo("a1O");
    pictures(engine, 4, 0.1);
    assertThat(phases()).isEqualTo("a1Oa1C");
    assertThat(alerts.get(1).span().start().wallClock()).isEqualTo(at(before));
    assertThat(alerts.get(1).span().end().wallClock()).isEqualTo(at(before + 60));
    assertThat(alerts.get(1).finding().reason()).isEqualTo("no picture for 60 s (limit: 10 s)");
  }

  @Test
  void aCameraThatComesAndGoesIsLostOnce() {
    RuleEngine engine = engine(rule("lost", Map.of()));
    pictures(engine, 5, 0.1);
    for (int i = 0; i < 5; i++) {
      silence(engine, 15);
      pictures(engine, 3, 0.1);
    }
    pictures(engine, 5, 0.1);
    assertThat(phases()).isEqualTo("a1Oa1C");
  }

  @Test
  void aPictureEveryTwoSecondsIsASignal() {
    RuleEngine engine = engine(rule("lost", Map.of("for", "3s")));
    for (int i = 0; i < 20; i++) {
      pictures(engine, 2, 2);
      silence(engine, 2);
    }
    assertThat(alerts).isEmpty();
  }

  @Test
  void twoRulesAboutOneCameraAreOneAlert() {
    RuleEngine engine =
        engine(rule("soon", Map.of("for", "5s")), rule("late", Map.of("for", "20s")));
    pictures(engine, 5, 0.1);
    silence(engine, 30);
    pictures(engine, 10, 0.1);
    assertThat(alerts).extracting(Alert::id).containsOnly(AlertId.of("a1"));
    assertThat(alerts).last().extracting(Alert::phase).isEqualTo(Alert.Phase.CLOSED);
  }

  @Test
  void outOfItsScheduleNobodyMissesTheCameraAndWithinTheCoolDownNobodySaysSo() {
    RuleEngine night = engine(rule("lost", Map.of("schedule", "22:00-05:00", "timezone", "Z")));
    pictures(night, 5, 0.1);
    silence(night, 60);
    assertThat(alerts).isEmpty();

    RuleEngine cooling = engine(rule("lost", Map.of("cool-down", "10m")));
    for (int i = 0; i < 3; i++) {
      pictures(cooling, 10, 0.1);
      silence(cooling, 20);
    }
    pictures(cooling, 10, 0.1);
    assertThat(phases()).isEqualTo("a1Oa1C");
  }
}
