package io.kydai.console.config.camera;

import static io.kydai.models.document.Key.key;
import static java.util.Objects.requireNonNull;

import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.Landmark;
import io.kydai.analytics.scene.Landmark.Unit;
import io.kydai.analytics.scene.LaneMarks;
import io.kydai.analytics.scene.Point;
import io.kydai.models.document.Section;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import io.kydai.models.document.Values;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of {@code calibration}: points of the ground, or the size of a lane. */
final class CalibrationKeys {
  private static final double MAX_METRES = 100_000;
  private static final double DEFAULT_ASPECT = 16 / 9.0;

  static final Shape<LaneMarks> LANE =
      Shape.of(
          LaneMarks.class,
          key("left", SceneKeys.ARROW, "the left edge, from near to far")
              .needed("an edge [[x, y], [x, y]] from near to far"),
          key("right", SceneKeys.ARROW, "the right edge, from near to far")
              .needed("an edge [[x, y], [x, y]] from near to far"),
          key("width", ValueType.number(1, 100), "the lane's width")
              .unit("m")
              .needed("the lane's width in metres"),
          key("length", ValueType.number(1, 1000), "the length of the left edge's piece")
              .unit("m")
              .needed("the metres from end to end of the left edge"),
          key(
                  "aspect",
                  ValueType.number(0.2, 5),
                  "the picture's width over its height, seen by a camera that is not rolled")
              .otherwise(DEFAULT_ASPECT)
              .shown("1.7778"));

  static final Shape<Mark> POINT =
      Shape.of(
              Mark.class,
              key("image", SceneKeys.POINT, "where it is in the picture").needed("a point [x, y]"),
              key(
                  "metres",
                  numbers(MAX_METRES, MAX_METRES),
                  "where it is on the ground: metres right and ahead, or east and north, up to"
                      + " 100 km; all points have it, or none"),
              key("wgs84", numbers(85, 180), "where it is on the map: `[lat, lon]`, degrees"))
          .check(CalibrationKeys::one);

  private static final ValueType<Calibration> LANE_TYPE =
      LANE.type()
          .as(
              (lane, at) -> at.made(() -> Calibration.ofLane(lane)),
              ground -> ground.lane().orElseThrow());

  private static final ValueType<Calibration> POINTS_TYPE =
      ValueType.list(POINT.type(), Calibration.MAX_LANDMARKS)
          .as(CalibrationKeys::landmarks, CalibrationKeys::marks)
          .with("minItems", 4)
          .saying("list of 4 to " + Calibration.MAX_LANDMARKS);

  static final Shape<Keys> SHAPE =
      Shape.of(
              Keys.class,
              key(
                  "points",
                  POINTS_TYPE,
                  "points of the ground, each with `image` and either `metres` or `wgs84`; no"
                      + " three of the needed four on a line"),
              key("lane", LANE_TYPE, "a lane's edges and its size in metres"))
          .check(
              (values, section) -> {
                if (section.get("points").isPresent() == section.get("lane").isPresent()) {
                  section.at().wrong("either 'points' or 'lane' is expected");
                }
              });

  static final ValueType<Calibration> TYPE =
      SHAPE
          .type()
          .as(
              (keys, at) ->
                  Optional.ofNullable(keys.points()).or(() -> Optional.ofNullable(keys.lane())),
              ground ->
                  ground.lane().isPresent() ? new Keys(null, ground) : new Keys(ground, null));

  private CalibrationKeys() {}

  private static void one(Values values, Section section) {
    if (section.get("metres").isPresent() == section.get("wgs84").isPresent()) {
      section.at().wrong("either 'metres: [x, y]' or 'wgs84: [lat, lon]' is expected");
    }
  }

  private static ValueType<List<Double>> numbers(double most, double otherMost) {
    return ValueType.pair(
        ValueType.number(-most, most),
        ValueType.number(-otherMost, otherMost),
        "two numbers are expected",
        List::of,
        both -> both);
  }

  private static Optional<Calibration> landmarks(List<Mark> marks, Value at) {
    List<Value> items = at.items(Calibration.MAX_LANDMARKS);
    if (marks.size() < items.size()) {
      return Optional.empty();
    }
    for (int i = 1; i < marks.size(); i++) {
      if (marks.get(i).unit() != marks.get(0).unit()) {
        return items.get(i).wrong("all points are in metres, or all in wgs84");
      }
    }
    Unit unit = marks.isEmpty() ? Unit.METRES : marks.get(0).unit();
    return at.made(
        () -> Calibration.ofLandmarks(unit, marks.stream().map(Mark::landmark).toList()));
  }

  private static List<Mark> marks(Calibration ground) {
    return ground.landmarks().stream().map(mark -> Mark.of(mark, ground.unit())).toList();
  }

  /** The values of the keys, of which one is present. */
  record Keys(@Nullable Calibration points, @Nullable Calibration lane) {}

  /**
   * The values of a point's keys.
   *
   * @param image the point in the picture, 0 to 1
   * @param metres the point on the ground in metres, x and y; null where {@code wgs84} is given
   * @param wgs84 latitude and longitude in degrees; null where {@code metres} is given
   */
  record Mark(Point image, @Nullable List<Double> metres, @Nullable List<Double> wgs84) {
    static Mark of(Landmark mark, Unit unit) {
      return unit == Unit.METRES
          ? new Mark(mark.image(), List.of(mark.x(), mark.y()), null)
          : new Mark(mark.image(), null, List.of(mark.y(), mark.x()));
    }

    Unit unit() {
      return metres != null ? Unit.METRES : Unit.WGS84;
    }

    Landmark landmark() {
      if (metres != null) {
        return new Landmark(image, metres.get(0), metres.get(1));
      }
      List<Double> onMap = requireNonNull(wgs84);
      return new Landmark(image, onMap.get(1), onMap.get(0));
    }
  }
}
