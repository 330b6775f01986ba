package io.kydai.analytics.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.LineCounts.Directions;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WritersTest {
  private static final CameraId CAMERA = new CameraId("gate");

  private static Alert alert(String id, Alert.Phase phase, long end) {
    return new Alert(
        AlertId.of(id),
        new Alert.Origin(CAMERA, RuleId.of("c5"), "crowding"),
        phase,
        new Alert.Span(at(459_000), at(end)),
        new Alert.Participants(List.of(3L, 7L), null, List.of()),
        new Alert.Finding("5 \"people\"\nfor 3 s", Map.of("people", 6.0, "mean", 5.25)));
  }

  private static Timestamp at(long ticks) {
    return new Timestamp(new MediaTime(ticks), Instant.EPOCH);
  }

  @Test
  void anAlertIsWrittenOnceAsItEnded() {
    AlertLog log = new AlertLog();
    log.add(List.of(alert("1", Alert.Phase.OPENED, 729_000)), 729_000);
    log.add(List.of(alert("1", Alert.Phase.CLOSED, 1_026_000)), 1_030_000);
    String json = SummaryJson.alerts(new FileSummary(1, 0, 0, log.alerts(), Measurements.NONE));
    assertThat(json)
        .isEqualTo(
            "[{\"rule\": \"c5\", \"type\": \"crowding\", \"start\": 5.1, \"end\": 11.4,"
                + " \"tracks\": [3, 7], \"opened\": 8.1,"
                + " \"reason\": \"5 \\\"people\\\"\\u000afor 3 s\","
                + " \"measures\": {\"mean\": 5.25, \"people\": 6}}]\n");
  }

  @Test
  void nothingFoundIsAnEmptyArray() {
    FileSummary nothing = new FileSummary(0, 0, 0, List.of(), Measurements.NONE);
    assertThat(SummaryJson.alerts(nothing)).isEqualTo("[]\n");
    assertThat(SummaryJson.counts(nothing)).isEqualTo("{\"lines\": [], \"movements\": []}\n");
  }

  @Test
  void countsAreWrittenAsTheContractHasThem() {
    LineCounts counts =
        new LineCounts(
            "v",
            new TreeMap<>(Map.of("person", new Directions(17, 14), "car", new Directions(1, 0))),
            List.of(
                new LineCounts.Piece(
                    Instant.parse("2026-11-23T07:00:00Z"), "car", new Directions(1, 0))));
    assertThat(SummaryJson.counts(new FileSummary(1, 0, 0, List.of(), Measurements.of(counts))))
        .isEqualTo(
            "{\"lines\": [{\"id\": \"v\", \"forward\": 18, \"backward\": 14, \"by-class\":"
                + " {\"car\": {\"forward\": 1, \"backward\": 0},"
                + " \"person\": {\"forward\": 17, \"backward\": 14}}, \"counts\":"
                + " [{\"from\": \"2026-11-23T07:00:00Z\", \"class\": \"car\","
                + " \"forward\": 1, \"backward\": 0}]}], \"movements\": []}\n");
  }

  @Test
  void tracksAreWrittenInPixelsWithTheirClassNumberAndOnlyWhereSeen() throws Exception {
    Box box = new Box(0.25f, 0.5f, 0.5f, 1f);
    Observation observation =
        new Observation(
            CAMERA,
            0,
            Instant.EPOCH,
            768,
            576,
            List.of(
                new Track(9, "car", 0.5f, box, true, 0),
                new Track(2, "person", 0.875f, box, true, 0),
                new Track(3, "person", 0.875f, box, false, 0)));
    StringWriter out = new StringWriter();
    new MotWriter(out, List.of("person", "bicycle", "car")).write(4, observation);
    assertThat(out)
        .hasToString(
            "4,2,192.00,288.00,192.00,288.00,0.8750,1,-1\n"
                + "4,9,192.00,288.00,192.00,288.00,0.5000,3,-1\n");
  }
}
