package io.kydai.console.reports;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alerts for tests. */
public final class Alerts {
  public static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

  private Alerts() {}

  public static Alert opened(String id) {
    return alert(id, Alert.Phase.OPENED, 10);
  }

  /** The same alert, on which a plate was read. */
  public static Alert read(Alert alert, String text, double confidence) {
    return alert.with(alert.phase(), List.of(new Plate(7, text, confidence, 3, 4, "VN")));
  }

  /** The same alert, whose participants are in a part of the picture. */
  public static Alert within(Box region, Alert alert) {
    Alert.Participants those = alert.participants();
    return new Alert(
        alert.id(),
        alert.origin(),
        alert.phase(),
        alert.span(),
        new Alert.Participants(those.tracks(), region, those.plates()),
        alert.finding());
  }

  /** An alert of the rule {@code view}, by which the camera {@code gate} watches itself. */
  public static Alert tamper(String id, Alert.Phase phase, int seconds, String measure) {
    Alert.Span span = alert(id, phase, seconds).span();
    return new Alert(
        AlertId.of(id),
        new Alert.Origin(new CameraId("gate"), RuleId.of("view"), "tamper"),
        phase,
        span,
        new Alert.Participants(List.of(), null, List.of()),
        new Alert.Finding(
            "camera at fault for " + seconds + " s",
            Map.of("seconds", (double) seconds, measure, 2.0)));
  }

  /**
   * @param seconds since its start
   */
  public static Alert alert(String id, Alert.Phase phase, int seconds) {
    Timestamp start = new Timestamp(MediaTime.ZERO, START);
    return new Alert(
        AlertId.of(id),
        new Alert.Origin(new CameraId("gate"), RuleId.of("c5"), "crowding"),
        phase,
        new Alert.Span(start, start.plus(Duration.ofSeconds(seconds))),
        new Alert.Participants(List.of(3L, 7L), null, List.of()),
        new Alert.Finding(
            "6 people in zone z for " + seconds + " s", Map.of("people", 6.0, "threshold", 5.0)));
  }
}
