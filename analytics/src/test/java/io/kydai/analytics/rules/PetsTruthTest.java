package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.mot.MotData;
import io.kydai.analytics.mot.PetsScene;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules alone, on people whose every step is known: PETS09-S2L1's ground truth at 10 fps. */
class PetsTruthTest {
  private final List<Alert> alerts = new ArrayList<>();
  private RuleEngine engine;

  @BeforeEach
  void watchTheClip() {
    SortedMap<Integer, List<MotData.Entry>> truth =
        MotData.readTruth(SharedData.assumeThere("mot/MOT15/PETS09-S2L1/gt.txt"));
    int[] ids = {0};
    engine =
        new RuleEngine(
            new CameraId("pets"),
            PetsScene.SCENE,
            PetsScene.RULES,
            () -> AlertId.of("a" + ++ids[0]));
    Map<Integer, Long> first = new HashMap<>();
    for (int frame = 1; frame <= 795; frame++) {
      long time = (frame - 1) * 9000L;
      List<Track> tracks = new ArrayList<>();
      for (MotData.Entry entry : truth.getOrDefault(frame, List.of())) {
        Box box =
            new Box(
                (float) (entry.left() / 768),
                (float) (entry.top() / 576),
                (float) ((entry.left() + entry.width()) / 768),
                (float) ((entry.top() + entry.height()) / 576));
        first.putIfAbsent(entry.id(), time);
        tracks.add(new Track(entry.id(), "person", 1, box, true, first.get(entry.id())));
      }
      Instant wall = Instant.EPOCH.plusMillis(time / 90);
      alerts.addAll(
          engine.observe(new Observation(new CameraId("pets"), time, wall, 768, 576, tracks)));
    }
    alerts.addAll(engine.end());
  }

  @Test
  void everyCrossingIsCountedOnceAndInItsDirection() {
    assertThat(engine.measurements().lines())
        .extracting(LineCounts::line, LineCounts::forward, LineCounts::backward)
        .containsExactly(tuple("v", 18L, 14L), tuple("h", 13L, 19L), tuple("d", 14L, 18L));
  }

  @Test
  void fivePeopleForThreeSecondsHappensTwice() {
    assertThat(alerts)
        .filteredOn(alert -> alert.phase() == Alert.Phase.CLOSED)
        .extracting(
            alert -> alert.origin().rule(),
            alert -> alert.span().start().mediaTime(),
            alert -> alert.span().end().mediaTime())
        .containsExactly(
            tuple(RuleId.of("c5"), MediaTime.ofMillis(5_000), MediaTime.ofMillis(11_400)),
            tuple(RuleId.of("c5"), MediaTime.ofMillis(67_100), MediaTime.ofMillis(73_300)));
  }

  @Test
  void alertsOpenWhenTheConditionHasHeldAndEveryOneIsClosed() {
    assertThat(alerts)
        .filteredOn(alert -> alert.phase() == Alert.Phase.OPENED)
        .extracting(alert -> alert.span().end().mediaTime())
        .containsExactly(MediaTime.ofMillis(8_000), MediaTime.ofMillis(70_100));
    assertThat(alerts).extracting(alert -> alert.origin().rule()).containsOnly(RuleId.of("c5"));
  }
}
