package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.settings.PlateFeed;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.settings.SignalFeed;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A camera's scene and rules are changed while it is analysed. */
class ReplacedRulesTest {
  private static final CameraId CAMERA = new CameraId("gate");
  private static final RuleSpec COUNT = new RuleSpec("count", "line-count", Map.of("line", "v"));
  private static final RuleSpec CROWD =
      new RuleSpec("crowd", "crowding", Map.of("zone", "z", "people", 1, "for", "1s"));

  private final List<Alert> alerts = new ArrayList<>();
  private RuleEngine engine = engine(Film.SCENE, List.of(COUNT, CROWD), null);
  private long time;
  private int ids;

  private RuleEngine engine(Scene scene, List<RuleSpec> rules, RuleEngine before) {
    return before == null
        ? new RuleEngine(CAMERA, scene, rules, this::id)
        : new RuleEngine(CAMERA, scene, rules, this::id, SignalFeed.NONE, PlateFeed.NONE, before);
  }

  private AlertId id() {
    return AlertId.of("alert-" + ids++);
  }

  /** Somebody walks over the line, there and back if asked, within the zone. */
  private void walk(long track, float from, float to) {
    long first = time;
    for (int i = 0; i <= 20; i++) {
      float x = from + (to - from) * i / 20;
      Box box = new Box(x - 0.02f, 0.4f, x + 0.02f, 0.5f);
      Observation seen =
          new Observation(
              CAMERA,
              time,
              Instant.EPOCH.plusMillis(time / 90),
              1280,
              720,
              List.of(new Track(track, "person", 0.9f, box, true, first)));
      alerts.addAll(engine.observe(seen));
      time += MediaTime.TICKS_PER_SECOND / 10;
    }
  }

  private long counted() {
    return engine.measurements().lines().stream()
        .mapToLong(line -> line.forward() + line.backward())
        .sum();
  }

  private List<Alert.Phase> phases(String rule) {
    return alerts.stream()
        .filter(alert -> alert.origin().rule().value().equals(rule))
        .map(Alert::phase)
        .toList();
  }

  @Test
  void rulesThatAreNotChangedGoOnWithTheirCountsAndOpenAlerts() {
    walk(1, 0.3f, 0.7f);
    assertThat(counted()).isEqualTo(1);
    assertThat(phases("crowd")).first().isEqualTo(Alert.Phase.OPENED);
    Zone other = new Zone("new", List.of(new Point(0, 0), new Point(0.1, 0), new Point(0.1, 0.1)));
    Scene more = new Scene(Film.SCENE.lines(), List.of(Film.SCENE.zones().get(0), other));
    RuleSpec added = new RuleSpec("closed", "intrusion", Map.of("zone", "new"));

    engine = engine(more, List.of(COUNT, CROWD, added), engine);
    walk(2, 0.7f, 0.3f);

    assertThat(counted()).isEqualTo(2);
    assertThat(phases("crowd")).containsOnlyOnce(Alert.Phase.OPENED);
    assertThat(phases("crowd")).doesNotContain(Alert.Phase.CLOSED);
  }

  @Test
  void theCountsOfALineThatWasMovedGoOn() {
    walk(1, 0.3f, 0.7f);
    Line moved = new Line("v", new Point(0.6, 0.1), new Point(0.6, 0.9));

    engine = engine(new Scene(List.of(moved), Film.SCENE.zones()), List.of(COUNT, CROWD), engine);
    assertThat(counted()).isEqualTo(1);
    walk(2, 0.3f, 0.55f);
    assertThat(counted()).isEqualTo(1);
    walk(3, 0.55f, 0.7f);

    assertThat(counted()).isEqualTo(2);
  }

  @Test
  void whatARemovedOrChangedRuleHasOpenIsClosed() {
    walk(1, 0.3f, 0.7f);
    RuleSpec changed =
        new RuleSpec("crowd", "crowding", Map.of("zone", "z", "people", 5, "for", "1s"));

    engine = engine(Film.SCENE, List.of(changed), engine);
    walk(1, 0.7f, 0.3f);

    assertThat(phases("crowd")).last().isEqualTo(Alert.Phase.CLOSED);
    assertThat(counted()).isZero();
  }
}
