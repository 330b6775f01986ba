package io.kydai.analytics.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.SharedData;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quality network, tracker and rules on real clips, against what a person saw on them. All
 * clips and rules are run by {@code scripts/evaluate footage}, of which {@code
 * docs/reports/accuracy.md} is made.
 */
class RealFootageTest {
  private static final Logger LOG = LoggerFactory.getLogger(RealFootageTest.class);
  private static final Set<String> STAYS = Set.of("stopped", "illegal-parking");
  private static DetectorModel model;

  @BeforeAll
  static void load() {
    model = DetectorCatalogue.load(new DetectorSettings("quality", 0.1f, 2));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void aParkedVehicleIsOneAlertForAsLongAsItStandsAndThroughAReconnect() {
    Labels labels = Labels.read("pets");
    Recording recording = record(labels, 5);
    Set<String> held = Set.of("parked", "parked-long", "on-the-path", "six", "vehicles");
    expect(labels, Replay.of(recording, labels), held);
    // The camera is away for 20 s and shows the same again: still the same two stays.
    expect(labels, Replay.of(recording.againAfter(20), labels), held);
  }

  @Test
  void aQueueIsOneAlertForEachCarAndPassingTrafficIsCountedAndRaisesNone() {
    Labels labels = Labels.read("suburban");
    Set<String> held =
        Set.of("near-lane", "far-lane", "with-traffic", "against-traffic", "queue", "yellow");
    expect(labels, Replay.of(record(labels, 4), labels), held);
  }

  @Test
  void trafficOverAJunctionIsCountedAndNothingStands() {
    Labels labels = Labels.read("intersection");
    Set<String> held = Set.of("stop-line", "wrong", "standing", "walker");
    expect(labels, Replay.of(record(labels, 4), labels), held);
  }

  private static Recording record(Labels labels, int every) {
    Path clip = SharedData.assumeThere(labels.clip());
    return Recording.of(clip, model, true, every, labels.from(), labels.until());
  }

  /**
   * As many alerts of stays as there are stays; counts, and offences, within one.
   *
   * @param held lines and rules that are held against the truth; {@code scripts/evaluate footage}
   *     tells of all
   */
  private static void expect(Labels labels, Replay found, Set<String> held) {
    LOG.info("{}{}", labels.clip(), found.report(labels));
    labels
        .counts()
        .forEach(
            (line, truth) -> {
              if (!held.contains(line)) {
                return;
              }
              Offset<Long> one = Offset.offset(1L);
              assertThat(found.count(line).forward()).as(line).isCloseTo(truth[0], one);
              assertThat(found.count(line).backward()).as(line).isCloseTo(truth[1], one);
            });
    List<String> stays =
        labels.specs().stream()
            .filter(rule -> STAYS.contains(rule.type()))
            .map(rule -> rule.id())
            .toList();
    for (Map.Entry<String, double[][]> rule : labels.alerts().entrySet()) {
      if (!held.contains(rule.getKey())) {
        continue;
      }
      int happened = rule.getValue().length;
      int told = found.closed(rule.getKey()).size();
      if (stays.contains(rule.getKey()) || happened == 0) {
        assertThat(told)
            .as(rule.getKey() + Arrays.deepToString(rule.getValue()))
            .isEqualTo(happened);
      } else {
        assertThat(told).as(rule.getKey()).isCloseTo(happened, Offset.offset(1));
      }
    }
  }
}
