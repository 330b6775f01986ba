package io.kydai.analytics.evaluation;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.kydai.analytics.evaluation.AlertScore.Happening;
import io.kydai.analytics.evaluation.AlertScore.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What happened on a clip, as a person saw it. The file is JSON; keys that are not named here are
 * left alone, so the label files of {@code analytics.events} are event lists too:
 *
 * <pre>
 * {"alerts": {"parked": [[3.2, 17.5], [40, 61]], "standing": []},
 *  "counts": {"kerb": [18, 14]}}
 * </pre>
 *
 * @param alerts rule → start and end of each happening, media seconds; a rule with none is there
 *     too, so that its false alerts count
 * @param counts line → crossings forward, backward
 */
public record EventList(Map<String, List<Happening>> alerts, Map<String, long[]> counts) {
  private static final Gson GSON = new Gson();

  private record Json(Map<String, double[][]> alerts, Map<String, long[]> counts) {}

  private record JsonAlert(String rule, double start, double end, double opened) {}

  private record JsonLine(String id, long forward, long backward) {}

  private record JsonCounts(List<JsonLine> lines) {}

  /**
   * @throws IOException when the file cannot be read, or is not such a list; says what is wrong
   */
  public static EventList read(Path file) throws IOException {
    Json json = parse(file, TypeToken.get(Json.class));
    Map<String, List<Happening>> alerts = new TreeMap<>();
    Map<String, double[][]> written = json.alerts == null ? Map.of() : json.alerts;
    for (Map.Entry<String, double[][]> rule : written.entrySet()) {
      List<Happening> happenings = new ArrayList<>();
      for (double[] times : rule.getValue()) {
        if (times == null || times.length != 2) {
          throw new IOException(file + ": alerts." + rule.getKey() + ": [start, end] is needed");
        }
        happenings.add(new Happening(times[0], times[1]));
      }
      alerts.put(rule.getKey(), happenings);
    }
    Map<String, long[]> counts = json.counts == null ? Map.of() : json.counts;
    for (Map.Entry<String, long[]> line : counts.entrySet()) {
      if (line.getValue() == null || line.getValue().length != 2) {
        throw new IOException(
            file + ": counts." + line.getKey() + ": [forward, backward] is needed");
      }
    }
    return new EventList(alerts, new TreeMap<>(counts));
  }

  /** What {@code scripts/analyze --alerts} wrote: rule → its alerts. */
  static Map<String, List<Told>> told(Path file) throws IOException {
    Map<String, List<Told>> told = new LinkedHashMap<>();
    for (JsonAlert alert : parse(file, new TypeToken<List<JsonAlert>>() {})) {
      told.computeIfAbsent(alert.rule, rule -> new ArrayList<>())
          .add(new Told(alert.start, alert.end, alert.opened));
    }
    return told;
  }

  /** What {@code scripts/analyze --counts} wrote: line → forward, backward. */
  static Map<String, long[]> counted(Path file) throws IOException {
    Map<String, long[]> counted = new LinkedHashMap<>();
    for (JsonLine line :
        Objects.requireNonNullElse(
            parse(file, TypeToken.get(JsonCounts.class)).lines, List.<JsonLine>of())) {
      counted.put(line.id, new long[] {line.forward, line.backward});
    }
    return counted;
  }

  private static <T> T parse(Path file, TypeToken<T> type) throws IOException {
    try {
      T parsed = GSON.fromJson(Files.readString(file), type);
      if (parsed == null) {
        throw new IOException(file + " is empty");
      }
      return parsed;
    } catch (JsonParseException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
