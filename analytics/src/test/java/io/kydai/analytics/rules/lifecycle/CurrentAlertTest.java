package io.kydai.analytics.rules.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurrentAlertTest {
  private final List<Alert> alerts = new ArrayList<>();
  private final CurrentAlert alert =
      new CurrentAlert(
          new AlertSink(
              new Alert.Origin(new CameraId("c"), RuleId.of("r"), "crowding"),
              0,
              () -> AlertId.of("a" + alerts.size()),
              new OpenAlerts(),
              alerts));

  @Test
  void anEventThatTheRuleWasNeverSureOfIsNotReported() {
    alert.begin(second(0)).sustain(second(1), false, "too few", Map.of());
    assertThat(alert.ongoing()).isTrue();
    assertThat(alert.opened()).isFalse();
    alert.close();
    assertThat(alert.ongoing()).isFalse();
    assertThat(alerts).isEmpty();
  }

  @Test
  void eachEventOpensAndClosesItsOwnAlert() {
    for (int event = 0; event < 2; event++) {
      alert.begin(second(10 * event)).sustain(second(10 * event + 3), true, "many", Map.of());
      assertThat(alert.opened()).isTrue();
      alert.close();
      alert.close();
    }
    assertThat(alerts)
        .extracting(Alert::phase)
        .containsExactly(
            Alert.Phase.OPENED, Alert.Phase.CLOSED, Alert.Phase.OPENED, Alert.Phase.CLOSED);
    assertThat(alerts.get(1).id()).isEqualTo(alerts.get(0).id());
    assertThat(alerts.get(2).id()).isNotEqualTo(alerts.get(0).id());
  }

  @Test
  void oneEventAtATime() {
    assertThatThrownBy(alert::event).isInstanceOf(IllegalStateException.class);
    alert.begin(second(0));
    assertThatThrownBy(() -> alert.begin(second(1))).isInstanceOf(IllegalStateException.class);
  }

  private static Timestamp second(int second) {
    return new Timestamp(MediaTime.ofSeconds(second), Instant.ofEpochSecond(second));
  }
}
