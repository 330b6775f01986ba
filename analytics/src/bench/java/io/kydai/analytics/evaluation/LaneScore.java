package io.kydai.analytics.evaluation;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Suggested lanes against lanes that a person drew: how much of both is common (intersection over
 * union, on a raster), how much of the suggested one lies in the drawn one, and the angle between
 * their arrows.
 *
 * @param suggested the suggestion that shares most with the drawn lane; empty where none touches it
 * @param angle in degrees, on a picture of the given shape
 */
record LaneScore(String drawn, String suggested, double iou, double within, double angle) {
  private static final int RASTER = 400;

  /** One lane; points are [x, y], a direction is two of them. */
  private record Shape(String id, double[][] polygon, double[][] direction) {
    Zone zone() {
      return new Zone(id, Stream.of(polygon).map(at -> new Point(at[0], at[1])).toList());
    }

    double heading(double aspect) {
      return Math.toDegrees(
          Math.atan2(
              direction[1][1] - direction[0][1], (direction[1][0] - direction[0][0]) * aspect));
    }
  }

  private record Drawn(List<Shape> lanes) {}

  private record Suggestion(Shape zone) {}

  private record Found(List<Suggestion> lanes) {}

  /**
   * @param drawn {@code {"lanes": [{"id", "polygon", "direction"}]}}
   * @param found as {@code scripts/analyze --lanes} writes it
   * @param aspect the picture's width over its height
   * @throws IllegalArgumentException when one is not such JSON
   */
  static List<LaneScore> of(String drawn, String found, double aspect) {
    Drawn truth = parse(drawn, Drawn.class);
    Found suggestions = parse(found, Found.class);
    List<LaneScore> scores = new ArrayList<>();
    for (Shape lane : truth.lanes()) {
      LaneScore best = new LaneScore(lane.id(), "", 0, 0, Double.NaN);
      for (Suggestion suggestion : suggestions.lanes()) {
        LaneScore score = compare(lane, suggestion.zone(), aspect);
        if (score.iou() > best.iou()) {
          best = score;
        }
      }
      scores.add(best);
    }
    return scores;
  }

  private static <T> T parse(String json, Class<T> type) {
    try {
      return new Gson().fromJson(json, type);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("no lanes: " + e.getMessage(), e);
    }
  }

  private static LaneScore compare(Shape drawn, Shape suggested, double aspect) {
    Zone one = drawn.zone();
    Zone other = suggested.zone();
    int both = 0;
    int either = 0;
    int second = 0;
    for (int y = 0; y < RASTER; y++) {
      for (int x = 0; x < RASTER; x++) {
        Point place = new Point((x + 0.5) / RASTER, (y + 0.5) / RASTER);
        boolean inOne = one.contains(place);
        boolean inOther = other.contains(place);
        both += inOne && inOther ? 1 : 0;
        either += inOne || inOther ? 1 : 0;
        second += inOther ? 1 : 0;
      }
    }
    double turn = Math.abs(drawn.heading(aspect) - suggested.heading(aspect));
    return new LaneScore(
        one.id(),
        other.id(),
        (double) both / either,
        (double) both / Math.max(1, second),
        Math.min(turn, 360 - turn));
  }
}
