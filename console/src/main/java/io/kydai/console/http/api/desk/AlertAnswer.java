package io.kydai.console.http.api.desk;

import io.kydai.analytics.alert.Alert;
import io.kydai.console.reports.PlateJson;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The contract's {@code Alert}.
 *
 * @param region left, top, right and bottom, 0..1 of the picture; null where there is none
 * @param measures in the order of their names
 * @param plates the contract's {@code Plates}; null while none was read
 */
public record AlertAnswer(
    String id,
    String camera,
    String rule,
    String type,
    Alert.Phase phase,
    long startMediaTime,
    long endMediaTime,
    Instant startedAt,
    Instant endedAt,
    List<Long> tracks,
    @Nullable List<Float> region,
    String reason,
    SortedMap<String, Double> measures,
    @Nullable List<PlateJson> plates) {
  public static AlertAnswer of(Alert alert) {
    Alert.Origin origin = alert.origin();
    Alert.Span span = alert.span();
    Alert.Participants participants = alert.participants();
    Box region = participants.region();
    return new AlertAnswer(
        alert.id().value(),
        origin.camera().value(),
        origin.rule().value(),
        origin.type(),
        alert.phase(),
        span.start().mediaTime().ticks(),
        span.end().mediaTime().ticks(),
        span.start().wallClock(),
        span.end().wallClock(),
        participants.tracks(),
        region == null ? null : corners(region),
        alert.finding().reason(),
        measures(alert.finding().measures()),
        PlateJson.orNull(participants.plates()));
  }

  private static List<Float> corners(Box box) {
    return List.of(box.left(), box.top(), box.right(), box.bottom());
  }

  /** Leaves out what is no number in JSON. */
  static SortedMap<String, Double> measures(Map<String, Double> measures) {
    SortedMap<String, Double> finite = new TreeMap<>(measures);
    finite.values().removeIf(value -> !Double.isFinite(value));
    return finite;
  }
}
