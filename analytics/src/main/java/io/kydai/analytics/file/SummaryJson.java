package io.kydai.analytics.file;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.rules.counting.CountsJson;
import io.kydai.ingest.media.MediaTime;
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
    List<Plate> plates = alert.participants().plates();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", alert.origin().rule().value());
    json.put("type", alert.origin().type());
    json.put("start", alert.span().start().mediaTime().toSeconds());
    json.put("end", alert.span().end().mediaTime().toSeconds());
    json.put("tracks", alert.participants().tracks());
    json.put("opened", MediaTime.seconds(finding.openedMediaTime()));
    json.put("reason", alert.finding().reason());
    json.put("measures", new TreeMap<>(alert.finding().measures()));
    if (!plates.isEmpty()) {
      json.put("plates", plates.stream().map(SummaryJson::plate).toList());
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
    String format = plate.format();
    if (format != null) {
      json.put("format", format);
    }
    return json;
  }

  /** The counts, as {@link CountsJson} has them. */
  public static String counts(FileSummary summary) {
    return JsonWriter.json(CountsJson.of(summary.measured())) + "\n";
  }
}
