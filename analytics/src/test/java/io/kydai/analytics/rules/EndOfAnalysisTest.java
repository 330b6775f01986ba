package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.ingest.media.MediaTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndOfAnalysisTest {
  @Test
  void anAlertThatTheEndClosesEndsWhenItsConditionWasLastSeen() {
    Film film = new Film("intrusion", Map.of("zone", "z"));
    while (film.seconds() < 10) {
      film.at(1, "person", 0.5, 0.5).frame(0.5);
    }
    film.frame(0.5);
    film.end();
    Alert closed = film.alerts.get(film.alerts.size() - 1);
    assertThat(closed.phase()).isEqualTo(Alert.Phase.CLOSED);
    assertThat(closed.span().end().mediaTime().ticks()).isEqualTo(MediaTime.ticksOfSeconds(9.5));
  }

  @Test
  void afterTheEndNothingIsOpen() {
    Film film = new Film("intrusion", Map.of("zone", "z"));
    film.at(1, "person", 0.5, 0.5).frame(1).at(1, "person", 0.5, 0.5).frame(1);
    int found = film.end().alerts.size();
    assertThat(found).isPositive();
    assertThat(film.end().alerts).hasSize(found);
  }
}
