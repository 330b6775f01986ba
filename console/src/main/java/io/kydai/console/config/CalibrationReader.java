package io.kydai.console.config;

import io.kydai.analytics.Point;
import io.kydai.analytics.scene.Arrow;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.Landmark;
import io.kydai.analytics.scene.Landmark.Unit;
import io.kydai.analytics.scene.LaneMarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is known of the ground: points of it, or the size of a lane. */
final class CalibrationReader {
  private static final double FARTHEST = 100_000;
  private static final double USUAL_ASPECT = 16 / 9.0;

  private CalibrationReader() {}

  static Optional<Calibration> calibration(Value value) {
    int before = value.problems().count();
    Optional<Section> section = value.section();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<Value> points = section.get().get("points");
    Optional<Value> lane = section.get().get("lane");
    section.get().end();
    if (points.isPresent() == lane.isPresent()) {
      return value.wrong("either 'points' or 'lane' is expected");
    }
    Optional<Calibration> calibration =
        points.isPresent() ? points(points.get()) : lane(lane.get());
    return value.problems().count() > before ? Optional.empty() : calibration;
  }

  private static Optional<Calibration> points(Value value) {
    int before = value.problems().count();
    List<Landmark> landmarks = new ArrayList<>();
    Optional<Unit> unit = Optional.empty();
    for (Value item : value.items(Calibration.MAX_LANDMARKS)) {
      Optional<Section> section = item.section();
      if (section.isEmpty()) {
        continue;
      }
      Optional<Point> image =
          section.get().need("image", "a point [x, y]").flatMap(SceneReader::point);
      Optional<Value> metres = section.get().get("metres");
      Optional<Value> wgs84 = section.get().get("wgs84");
      section.get().end();
      if (metres.isPresent() == wgs84.isPresent()) {
        item.wrong("either 'metres: [x, y]' or 'wgs84: [lat, lon]' is expected");
        continue;
      }
      Unit own = metres.isPresent() ? Unit.METRES : Unit.WGS84;
      if (unit.isPresent() && unit.get() != own) {
        item.wrong("all points are in metres, or all in wgs84");
        continue;
      }
      unit = Optional.of(own);
      Optional<double[]> ground =
          own == Unit.METRES
              ? pair(metres.get(), FARTHEST, FARTHEST)
              : pair(wgs84.get(), 85, 180).map(latLon -> new double[] {latLon[1], latLon[0]});
      if (image.isPresent() && ground.isPresent()) {
        landmarks.add(new Landmark(image.get(), ground.get()[0], ground.get()[1]));
      }
    }
    if (value.problems().count() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(Calibration.ofLandmarks(unit.orElse(Unit.METRES), landmarks));
    } catch (IllegalArgumentException e) {
      return value.wrong(e.getMessage());
    }
  }

  private static Optional<Calibration> lane(Value value) {
    Optional<Section> section = value.section();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    String edge = "an edge [[x, y], [x, y]] from near to far";
    Optional<Arrow> left = section.get().need("left", edge).flatMap(CalibrationReader::arrow);
    Optional<Arrow> right = section.get().need("right", edge).flatMap(CalibrationReader::arrow);
    Optional<Double> width =
        section.get().need("width", "the lane's width in metres").flatMap(at -> at.number(1, 100));
    Optional<Double> length =
        section
            .get()
            .need("length", "the metres from end to end of the left edge")
            .flatMap(at -> at.number(1, 1000));
    Optional<Value> aspect = section.get().get("aspect");
    Optional<Double> shape =
        aspect.isPresent() ? aspect.get().number(0.2, 5) : Optional.of(USUAL_ASPECT);
    section.get().end();
    if (left.isEmpty()
        || right.isEmpty()
        || width.isEmpty()
        || length.isEmpty()
        || shape.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Calibration.ofLane(
              new LaneMarks(left.get(), right.get(), width.get(), length.get(), shape.get())));
    } catch (IllegalArgumentException e) {
      return value.wrong(e.getMessage());
    }
  }

  /** Two points: from where to where. */
  static Optional<Arrow> arrow(Value value) {
    List<Value> items = value.items(Tree.MAX_SIZE);
    if (items.size() != 2) {
      return value.tree() instanceof Tree.Sequence
          ? value.wrong("two points [[x, y], [x, y]] are expected, not " + items.size())
          : Optional.empty();
    }
    Optional<Point> from = SceneReader.point(items.get(0));
    Optional<Point> to = SceneReader.point(items.get(1));
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Arrow(from.get(), to.get()));
    } catch (IllegalArgumentException e) {
      return value.wrong(e.getMessage());
    }
  }

  private static Optional<double[]> pair(Value value, double most, double otherMost) {
    List<Value> items = value.items(Tree.MAX_SIZE);
    if (items.size() != 2) {
      return value.tree() instanceof Tree.Sequence
          ? value.wrong("two numbers are expected, not " + items.size())
          : Optional.empty();
    }
    Optional<Double> first = items.get(0).number(-most, most);
    Optional<Double> second = items.get(1).number(-otherMost, otherMost);
    return first.isPresent() && second.isPresent()
        ? Optional.of(new double[] {first.get(), second.get()})
        : Optional.empty();
  }
}
