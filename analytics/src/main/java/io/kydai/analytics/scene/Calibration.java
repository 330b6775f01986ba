package io.kydai.analytics.scene;

import io.kydai.analytics.scene.Landmark.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where on the ground a place on the picture is, for a camera that stands still and a ground that
 * is flat.
 */
public final class Calibration {
  /** Landmarks beyond this are refused. */
  public static final int MAX_LANDMARKS = 100;

  // A wrong landmark must not pass as a bent road: off by more than this part of the extent.
  private static final double WORST_FIT = 0.1;
  // Nearer to the horizon than this part of the picture, a pixel is a hundred metres and more.
  private static final double HORIZON = 0.005;
  // WGS84: equatorial radius in metres and the square of the first eccentricity.
  private static final double RADIUS = 6_378_137;
  private static final double ECCENTRICITY = 6.694379990141e-3;

  private final double[] matrix;
  private final double sign;
  private final double residual;
  private final Unit unit;
  private final List<Landmark> landmarks;
  private final @Nullable LaneMarks lane;

  private Calibration(
      double[] matrix,
      double sign,
      double residual,
      Unit unit,
      List<Landmark> landmarks,
      @Nullable LaneMarks lane) {
    this.matrix = matrix;
    this.sign = sign;
    this.residual = residual;
    this.unit = unit;
    this.landmarks = landmarks;
    this.lane = lane;
  }

  /**
   * Fits the ground to landmarks.
   *
   * @param landmarks 4 to {@value #MAX_LANDMARKS}, no three of the needed four on a line
   * @throws IllegalArgumentException when they do not determine a ground that a camera above it
   *     could see, saying why
   */
  public static Calibration ofLandmarks(Unit unit, List<Landmark> landmarks) {
    List<Landmark> given = List.copyOf(landmarks);
    if (given.size() < 4 || given.size() > MAX_LANDMARKS) {
      throw new IllegalArgumentException(
          "a calibration has 4 to " + MAX_LANDMARKS + " points, not " + given.size());
    }
    List<Point> image = given.stream().map(Landmark::image).toList();
    List<GroundPoint> ground =
        given.stream()
            .map(
                mark ->
                    unit == Unit.METRES
                        ? new GroundPoint(mark.x(), mark.y())
                        : metres(mark, given.get(0)))
            .toList();
    double[] matrix = Homographies.fit(image, ground);
    double sign = Math.signum(weight(matrix, image.get(0)));
    for (Point place : image) {
      if (sign * weight(matrix, place) <= 0) {
        throw new IllegalArgumentException(
            "the points lie on both sides of the horizon: some are exchanged or wrong");
      }
    }
    if (determinant(matrix) * sign > 0) {
      throw new IllegalArgumentException(
          "the points are mirrored, as the ground is seen from below: x is to the right (or east)"
              + " and y ahead (or north)");
    }
    double squares = 0;
    double extent = 0;
    double worst = -1;
    int suspect = 0;
    for (int i = 0; i < image.size(); i++) {
      double off = apply(matrix, image.get(i)).distanceTo(ground.get(i));
      squares += off * off;
      if (off > worst) {
        worst = off;
        suspect = i;
      }
      for (GroundPoint other : ground) {
        extent = Math.max(extent, other.distanceTo(ground.get(i)));
      }
    }
    double residual = Math.sqrt(squares / image.size());
    if (residual > WORST_FIT * extent) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the points do not fit one flat ground: they are off by %.1f m in the mean, and point"
                  + " %d by %.1f m",
              residual,
              suspect + 1,
              worst));
    }
    return new Calibration(matrix, sign, residual, unit, given, null);
  }

  /**
   * Takes the ground from a lane's size.
   *
   * @throws IllegalArgumentException when no level camera sees such a lane like that
   */
  public static Calibration ofLane(LaneMarks lane) {
    return new Calibration(lane.matrix(), 1, 0, Unit.METRES, List.of(), lane);
  }

  /** Where a place on the picture is; empty for what is on or above the horizon. */
  public Optional<GroundPoint> toGround(Point place) {
    return sign * weight(matrix, place) > HORIZON * Math.hypot(matrix[6], matrix[7])
        ? Optional.of(apply(matrix, place))
        : Optional.empty();
  }

  /**
   * How far off a place on the ground may be when it is known this well on the picture.
   *
   * @param error in parts of the picture
   * @return metres; infinite at the horizon
   */
  public double error(Point place, double error) {
    Optional<GroundPoint> ground = toGround(place);
    double worst = ground.isEmpty() ? Double.POSITIVE_INFINITY : 0;
    for (int i = 0; i < 4; i++) {
      Point beside =
          new Point(
              place.x() + (i == 0 ? error : i == 1 ? -error : 0),
              place.y() + (i == 2 ? error : i == 3 ? -error : 0));
      double off =
          toGround(beside)
              .flatMap(other -> ground.map(other::distanceTo))
              .orElse(Double.POSITIVE_INFINITY);
      worst = Math.max(worst, off);
    }
    return worst;
  }

  /** A zone's area in m²; empty where it reaches the horizon. */
  public Optional<Double> area(Zone zone) {
    List<GroundPoint> corners = new ArrayList<>();
    for (Point corner : zone.polygon()) {
      Optional<GroundPoint> ground = toGround(corner);
      if (ground.isEmpty()) {
        return Optional.empty();
      }
      corners.add(ground.get());
    }
    double twice = 0;
    GroundPoint a = corners.get(corners.size() - 1);
    for (GroundPoint b : corners) {
      twice += a.x() * b.y() - b.x() * a.y();
      a = b;
    }
    return Optional.of(Math.abs(twice) / 2);
  }

  /** How far the landmarks are from where the fit has them, root mean square in metres. */
  public double residual() {
    return residual;
  }

  /** What the landmarks were given in. */
  public Unit unit() {
    return unit;
  }

  /** What it was made of; empty where it was made of a lane. */
  public List<Landmark> landmarks() {
    return landmarks;
  }

  /** The lane it was made of, if it was. */
  public Optional<LaneMarks> lane() {
    return Optional.ofNullable(lane);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calibration that
        && unit == that.unit
        && landmarks.equals(that.landmarks)
        && Objects.equals(lane, that.lane);
  }

  @Override
  public int hashCode() {
    return 31 * landmarks.hashCode() + Objects.hashCode(lane);
  }

  /** Metres east and north of the first landmark, by the ellipsoid's radii there. */
  private static GroundPoint metres(Landmark mark, Landmark origin) {
    if (!(Math.abs(mark.x()) <= 180 && Math.abs(mark.y()) <= 85)) {
      throw new IllegalArgumentException(
          "a landmark is between 85° south and north and 180° west and east");
    }
    double latitude = Math.toRadians(origin.y());
    double w = 1 - ECCENTRICITY * Math.sin(latitude) * Math.sin(latitude);
    double meridian = RADIUS * (1 - ECCENTRICITY) / (w * Math.sqrt(w));
    double parallel = RADIUS / Math.sqrt(w) * Math.cos(latitude);
    GroundPoint ground =
        new GroundPoint(
            Math.toRadians(mark.x() - origin.x()) * parallel,
            Math.toRadians(mark.y() - origin.y()) * meridian);
    if (Math.hypot(ground.x(), ground.y()) > 20_000) {
      throw new IllegalArgumentException("the landmarks are more than 20 km apart");
    }
    return ground;
  }

  private static double weight(double[] h, Point place) {
    return h[6] * place.x() + h[7] * place.y() + h[8];
  }

  private static GroundPoint apply(double[] h, Point place) {
    double w = weight(h, place);
    return new GroundPoint(
        (h[0] * place.x() + h[1] * place.y() + h[2]) / w,
        (h[3] * place.x() + h[4] * place.y() + h[5]) / w);
  }

  private static double determinant(double[] h) {
    return h[0] * (h[4] * h[8] - h[5] * h[7])
        - h[1] * (h[3] * h[8] - h[5] * h[6])
        + h[2] * (h[3] * h[7] - h[4] * h[6]);
  }
}
