package io.kydai.analytics.file;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.rules.counting.CountsJson;
import io.kydai.ingest.media.MediaTime;
import java.util.LinkedHashMap;
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
    json.put("rule", alert.rule().value());
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
    String format = plate.format();
    if (format != null) {
      json.put("format", format);
    }
    return json;
  }

  private static double seconds(long mediaTime) {
    return MediaTime.seconds(mediaTime);
  }

  /** The counts, as {@link CountsJson} has them. */
  public static String counts(FileSummary summary) {
    return JsonWriter.json(CountsJson.of(summary.measured())) + "\n";
  }
}
