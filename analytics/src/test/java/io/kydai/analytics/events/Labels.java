package io.kydai.analytics.events;

import com.google.gson.Gson;
import io.kydai.analytics.Point;
import io.kydai.analytics.rules.RuleSpec;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person saw on a clip, in a JSON file: the questions and the right answers.
 *
 * @param clip path in the shared data
 * @param every n-th picture is analysed
 * @param until seconds of the clip that are labelled
 * @param lines id → from, to; coordinates 0..1
 * @param zones id → polygon
 * @param rules as in a configuration
 * @param counts line-count rule's line → crossings forward, backward
 * @param alerts rule → start and end of each happening in seconds, roughly
 */
record Labels(
    String clip,
    int every,
    double until,
    Map<String, double[][]> lines,
    Map<String, double[][]> zones,
    List<LinkedHashMap<String, Object>> rules,
    Map<String, long[]> counts,
    Map<String, double[][]> alerts) {

  static Labels read(String name) {
    try (InputStream file = Labels.class.getResourceAsStream(name + ".json")) {
      return new Gson().fromJson(new InputStreamReader(file, StandardCharsets.UTF_8), Labels.class);
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  Scene scene() {
    List<Line> allLines = new ArrayList<>();
    lines.forEach((id, at) -> allLines.add(new Line(id, point(at[0]), point(at[1]))));
    List<Zone> allZones = new ArrayList<>();
    zones.forEach(
        (id, polygon) ->
            allZones.add(new Zone(id, List.of(polygon).stream().map(Labels::point).toList())));
    return new Scene(allLines, allZones);
  }

  List<RuleSpec> specs() {
    List<RuleSpec> specs = new ArrayList<>();
    for (Map<String, Object> rule : rules) {
      Map<String, Object> settings = new LinkedHashMap<>(rule);
      String id = (String) settings.remove("id");
      String type = (String) settings.remove("type");
      // JSON has one kind of number; a rule's are whole.
      settings.replaceAll(
          (key, value) -> value instanceof Double d ? (Object) d.intValue() : value);
      specs.add(new RuleSpec(id, type, settings));
    }
    return specs;
  }

  private static Point point(double[] xy) {
    return new Point(xy[0], xy[1]);
  }
}
