package io.kydai.analytics.events;

import com.google.gson.Gson;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Arrow;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.Landmark;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person saw on a clip, in a JSON file: the questions and the right answers.
 *
 * @param clip path in the shared data
 * @param every n-th picture is analysed: about 5 per second, as on a node with many cameras
 * @param from seconds, where the labelled part of the clip begins
 * @param until seconds, where it ends
 * @param tuned whether tracker or rules were changed while looking at what is found on it
 * @param lines id → from, to; coordinates 0..1
 * @param zones id → polygon
 * @param directions zone → from, to: such a zone is a lane
 * @param ground places known on both the picture and the ground: x, y, metres right, metres ahead
 * @param rules as in a configuration
 * @param counts line-count rule's line → crossings forward, backward
 * @param movements turning-movements rule → "origin destination" → how many
 * @param alerts rule → start and end of each happening in seconds, roughly
 */
record Labels(
    String clip,
    int every,
    double from,
    double until,
    boolean tuned,
    Map<String, double[][]> lines,
    Map<String, double[][]> zones,
    Map<String, double[][]> directions,
    double[][] ground,
    List<LinkedHashMap<String, Object>> rules,
    Map<String, long[]> counts,
    Map<String, Map<String, Long>> movements,
    Map<String, double[][]> alerts) {

  /** Every clip's labels. */
  static final List<String> ALL =
      List.of(
          "pets",
          "suburban",
          "intersection",
          "cars-from-above",
          "highway",
          "junction-vn",
          "junction-vn-red",
          "one-by-one",
          "campus-people",
          "plaza",
          "courtyard");

  Labels {
    directions = directions == null ? Map.of() : directions;
    ground = ground == null ? new double[0][] : ground;
    movements = movements == null ? Map.of() : movements;
  }

  static Labels read(String name) {
    try (InputStream file = Labels.class.getResourceAsStream(name + ".json")) {
      if (file == null) {
        throw new IllegalArgumentException("there are no labels " + name + "; there are " + ALL);
      }
      return new Gson().fromJson(new InputStreamReader(file, StandardCharsets.UTF_8), Labels.class);
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  Scene scene() {
    List<Line> allLines = new ArrayList<>();
    lines.forEach((id, at) -> allLines.add(new Line(id, point(at[0]), point(at[1]))));
    List<Zone> allZones = new ArrayList<>();
    zones.forEach((id, polygon) -> allZones.add(zone(id, polygon)));
    return new Scene(allLines, allZones, calibration().orElse(null));
  }

  private Zone zone(String id, double[][] polygon) {
    List<Point> corners = List.of(polygon).stream().map(Labels::point).toList();
    double[][] way = directions.get(id);
    return way == null
        ? new Zone(id, corners)
        : new Zone(id, corners, ZoneUse.LANE, new Arrow(point(way[0]), point(way[1])));
  }

  private Optional<Calibration> calibration() {
    return ground.length == 0
        ? Optional.empty()
        : Optional.of(
            Calibration.ofLandmarks(
                Landmark.Unit.METRES,
                List.of(ground).stream()
                    .map(mark -> new Landmark(point(mark), mark[2], mark[3]))
                    .toList()));
  }

  List<RuleSpec> specs() {
    List<RuleSpec> specs = new ArrayList<>();
    for (Map<String, Object> rule : rules) {
      Map<String, Object> settings = new LinkedHashMap<>(rule);
      String id = (String) settings.remove("id");
      String type = (String) settings.remove("type");
      specs.add(new RuleSpec(id, type, settings));
    }
    return specs;
  }

  private static Point point(double[] xy) {
    return new Point(xy[0], xy[1]);
  }
}
