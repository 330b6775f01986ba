package io.kydai.analytics.rules.counting;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts as maps, lists, strings and numbers, for the file that the analysis of a video writes. The
 * answer of the HTTP interface has the same keys in the same order.
 */
public final class CountsJson {
  private CountsJson() {}

  /**
   * The counts of each line, and of each rule that counts turning movements: {@code {"lines":
   * [{"id": "v", "forward": 18, "backward": 14, "by-class": {"person": {"forward": 18, "backward":
   * 14}}, "counts": [{"from": "2026-11-23T07:00:00Z", "class": "person", "forward": 18, "backward":
   * 14}]}], "movements": [{"rule": "turns", "counts": [{"from": "…", "origin": "north",
   * "destination": "east", "class": "car", "count": 5}]}]}}.
   */
  public static Map<String, Object> of(Measurements measured) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("lines", measured.lines().stream().map(CountsJson::line).toList());
    json.put("movements", measured.movements().stream().map(CountsJson::movements).toList());
    return json;
  }

  private static Map<String, Object> line(LineCounts counts) {
    Map<String, Object> byClass = new LinkedHashMap<>();
    counts.byClass().forEach((label, crossed) -> byClass.put(label, directions(crossed)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", counts.line());
    json.put("forward", counts.forward());
    json.put("backward", counts.backward());
    json.put("by-class", byClass);
    json.put("counts", counts.pieces().stream().map(CountsJson::piece).toList());
    return json;
  }

  private static Map<String, Object> piece(LineCounts.Piece piece) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", piece.from().toString());
    json.put("class", piece.label());
    json.putAll(directions(piece.directions()));
    return json;
  }

  private static Map<String, Object> directions(LineCounts.Directions crossed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("forward", crossed.forward());
    json.put("backward", crossed.backward());
    return json;
  }

  private static Map<String, Object> movements(Movements movements) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", movements.rule().value());
    json.put("counts", movements.counts().stream().map(CountsJson::movement).toList());
    return json;
  }

  private static Map<String, Object> movement(Movements.Count count) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", count.from().toString());
    json.put("origin", count.origin());
    json.put("destination", count.destination());
    json.put("class", count.label());
    json.put("count", count.count());
    return json;
  }
}
