package io.kydai.analytics.file;

import io.kydai.analytics.Alert;
import io.kydai.analytics.Plate;
import io.kydai.analytics.rules.LineCounts;
import io.kydai.analytics.rules.Movements;
import io.kydai.ingest.AccessUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A summary's alerts and counts as JSON, times in media seconds. */
public final class SummaryJson {
  private SummaryJson() {}

  /**
   * The alerts in the order in which they opened, one a line: {@code [{"rule": "c5", "type":
   * "crowding", "start": 5.1, "end": 11.4, "tracks": [3, 7], "opened": 8.1, "reason": "…",
   * "measures": {…}}]}; where plates were read, with {@code "plates": [{"track": 3, "text":
   * "51F12345", "confidence": 0.96, "votes": 4, "frames": 5, "format": "VN"}]}.
   */
  public static String alerts(FileSummary summary) {
    return summary.alerts().stream()
        .map(finding -> JsonWriter.json(alert(finding)))
        .collect(Collectors.joining(",\n ", "[", "]\n"));
  }

  private static Map<String, Object> alert(FileSummary.Finding finding) {
    Alert alert = finding.alert();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", alert.rule());
    json.put("type", alert.type());
    json.put("start", seconds(alert.startMediaTime()));
    json.put("end", seconds(alert.endMediaTime()));
    json.put("tracks", alert.tracks());
    json.put("opened", seconds(finding.openedMediaTime()));
    json.put("reason", alert.reason());
    json.put("measures", new TreeMap<>(alert.measures()));
    if (!alert.plates().isEmpty()) {
      json.put("plates", alert.plates().stream().map(SummaryJson::plate).toList());
    }
    return json;
  }

  private static Map<String, Object> plate(Plate plate) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("track", plate.track());
    json.put("text", plate.text());
    json.put("confidence", plate.confidence());
    json.put("votes", plate.votes());
    json.put("frames", plate.frames());
    plate.format().ifPresent(format -> json.put("format", format));
    return json;
  }

  private static double seconds(long mediaTime) {
    return (double) mediaTime / AccessUnit.TICKS_PER_SECOND;
  }

  /**
   * The counts of each line: {@code {"lines": [{"id": "v", "forward": 18, "backward": 14,
   * "by-class": {"person": {"forward": 18, "backward": 14}}}]}}; and, where rules count them, of
   * the movements: {@code "movements": [{"rule": "turns", "counts": [{"from": "…", "origin":
   * "north", "destination": "east", "class": "car", "count": 5}]}]}.
   */
  public static String counts(FileSummary summary) {
    List<Map<String, Object>> lines = summary.counts().stream().map(SummaryJson::line).toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("lines", lines);
    if (!summary.movements().isEmpty()) {
      json.put("movements", summary.movements().stream().map(SummaryJson::movements).toList());
    }
    return JsonWriter.json(json) + "\n";
  }

  private static Map<String, Object> movements(Movements movements) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", movements.rule());
    json.put("counts", movements.counts().stream().map(SummaryJson::count).toList());
    return json;
  }

  private static Map<String, Object> count(Movements.Count count) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", count.from().toString());
    json.put("origin", count.origin());
    json.put("destination", count.destination());
    json.put("class", count.label());
    json.put("count", count.count());
    return json;
  }

  private static Map<String, Object> line(LineCounts counts) {
    Map<String, Object> byClass = new LinkedHashMap<>();
    counts
        .byClass()
        .forEach((label, both) -> byClass.put(label, directions(both.forward(), both.backward())));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", counts.line());
    json.putAll(directions(counts.forward(), counts.backward()));
    json.put("by-class", byClass);
    json.put("counts", counts.pieces().stream().map(SummaryJson::piece).toList());
    return json;
  }

  private static Map<String, Object> piece(LineCounts.Piece piece) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", piece.from().toString());
    json.put("class", piece.label());
    json.putAll(directions(piece.directions().forward(), piece.directions().backward()));
    return json;
  }

  private static Map<String, Object> directions(long forward, long backward) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("forward", forward);
    json.put("backward", backward);
    return json;
  }
}
