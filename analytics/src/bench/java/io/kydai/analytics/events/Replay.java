package io.kydai.analytics.events;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.evaluation.AlertScore.Told;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.Movements;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tracker and rules, as they are in the product, over a recording of detections. */
record Replay(
    List<Alert> alerts,
    List<LineCounts> counts,
    List<Movements> movements,
    Map<AlertId, Long> openedAt,
    List<Observation> observations) {
  static Replay of(Recording recording, Labels labels) {
    CameraId camera = new CameraId("clip");
    int[] ids = {0};
    RuleEngine engine =
        new RuleEngine(camera, labels.scene(), labels.specs(), () -> AlertId.of("a" + ++ids[0]));
    ByteTracker tracker = new ByteTracker();
    List<Alert> alerts = new ArrayList<>();
    Map<AlertId, Long> openedAt = new HashMap<>();
    List<Observation> observations = new ArrayList<>();
    long time = 0;
    for (Recording.Picture picture : recording.pictures()) {
      time = picture.mediaTime();
      List<Track> tracks =
          tracker.update(picture.detections(), time, picture.width(), picture.height());
      Observation observation =
          new Observation(
              camera,
              time,
              Instant.EPOCH.plusMillis(time / 90),
              picture.width(),
              picture.height(),
              tracks);
      observations.add(observation);
      for (Alert alert : engine.observe(observation)) {
        alerts.add(alert);
        openedAt.putIfAbsent(alert.id(), time);
      }
    }
    for (Alert alert : engine.end()) { // a crossing that the clip's last picture leaves open
      alerts.add(alert);
      openedAt.putIfAbsent(alert.id(), time);
    }
    return new Replay(
        alerts,
        engine.measurements().lines(),
        engine.measurements().movements(),
        openedAt,
        observations);
  }

  List<Alert> closed(String rule) {
    return alerts.stream()
        .filter(
            alert ->
                alert.phase() == Alert.Phase.CLOSED && alert.origin().rule().value().equals(rule))
        .toList();
  }

  /** A rule's alerts as the evaluator wants them. */
  List<Told> told(String rule) {
    List<Told> told = new ArrayList<>();
    for (Alert alert : closed(rule)) {
      told.add(
          new Told(
              alert.span().start().mediaTime().toSeconds(),
              alert.span().end().mediaTime().toSeconds(),
              openedAt.get(alert.id()) / 90_000.0));
    }
    return told;
  }

  /** How many a turning-movements rule saw go from one zone to another. */
  long moved(String rule, String origin, String destination) {
    return movements.stream()
        .filter(one -> one.rule().value().equals(rule))
        .mapToLong(one -> one.total(origin, destination))
        .sum();
  }

  LineCounts count(String line) {
    return counts.stream().filter(count -> count.line().equals(line)).findFirst().orElseThrow();
  }

  /** What was found beside what is true, a line for each rule. */
  String report(Labels labels) {
    StringBuilder text = new StringBuilder();
    labels
        .counts()
        .forEach(
            (line, truth) ->
                text.append(
                    String.format(
                        "%n  %s: %d/%d (truth %d/%d) %s",
                        line,
                        count(line).forward(),
                        count(line).backward(),
                        truth[0],
                        truth[1],
                        count(line).byClass())));
    labels
        .alerts()
        .forEach(
            (rule, truth) -> {
              text.append(
                  String.format("%n  %s: %d (truth %d)", rule, closed(rule).size(), truth.length));
              for (Alert alert : closed(rule)) {
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%n    %.1f–%.1f %s",
                        alert.span().start().mediaTime().toSeconds(),
                        alert.span().end().mediaTime().toSeconds(),
                        alert.finding().reason()));
              }
            });
    return text.toString();
  }
}
