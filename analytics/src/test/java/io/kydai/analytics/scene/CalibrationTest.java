package io.kydai.analytics.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.scene.Landmark.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
  private static final double ASPECT = 16 / 9.0;

  /** A level camera without lens errors; the truth that calibrations are held against. */
  private record Camera(double height, double tilt, double pan, double focal) {
    Point sees(double x, double y) {
      double right = x * Math.cos(pan) - y * Math.sin(pan);
      double ahead = x * Math.sin(pan) + y * Math.cos(pan);
      double depth = ahead * Math.cos(tilt) + height * Math.sin(tilt);
      double down = height * Math.cos(tilt) - ahead * Math.sin(tilt);
      return new Point(0.5 + focal * right / depth / ASPECT, 0.5 + focal * down / depth);
    }

    Landmark mark(double x, double y) {
      return new Landmark(sees(x, y), x, y);
    }
  }

  private static final Camera MAST = new Camera(8, 0.35, 0.2, 1.1);

  @Test
  void fourLandmarksGiveEveryPlaceOnTheGround() {
    Calibration ground =
        Calibration.ofLandmarks(
            Unit.METRES,
            List.of(MAST.mark(-4, 15), MAST.mark(4, 14), MAST.mark(5, 45), MAST.mark(-3, 40)));
    assertThat(ground.residual()).isLessThan(1e-6);
    for (int x = -4; x <= 6; x++) {
      for (int y = 12; y <= 80; y += 4) {
        GroundPoint found = ground.toGround(MAST.sees(x, y)).orElseThrow();
        assertThat(found.distanceTo(new GroundPoint(x, y))).isLessThan(1e-4);
      }
    }
    assertThat(ground.toGround(new Point(0.5, 0.02))).as("sky").isEmpty();
    assertThat(ground.toGround(new Point(0.5, 0.1))).as("near the horizon").isEmpty();
  }

  @Test
  void manyLandmarksThatAreAFewPixelsOffAreAveraged() {
    Random random = new Random(4);
    List<Landmark> marks = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Landmark exact = MAST.mark(-4 + 8 * random.nextDouble(), 13 + 30 * random.nextDouble());
      Point image =
          new Point(
              exact.image().x() + random.nextGaussian() * 0.001,
              exact.image().y() + random.nextGaussian() * 0.001);
      marks.add(new Landmark(image, exact.x(), exact.y()));
    }
    Calibration ground = Calibration.ofLandmarks(Unit.METRES, marks);
    assertThat(ground.residual()).isBetween(0.01, 0.5);
    GroundPoint found = ground.toGround(MAST.sees(1, 25)).orElseThrow();
    assertThat(found.distanceTo(new GroundPoint(1, 25))).isLessThan(0.2);
  }

  @Test
  void degreesAreMetresOnTheEllipsoid() {
    // 0.001° at 10.77° north: 109.37 m along the parallel, 110.60 m along the meridian.
    double lat = 10.77;
    double lon = 106.70;
    List<Landmark> marks =
        List.of(
            new Landmark(new Point(0, 1), lon, lat),
            new Landmark(new Point(1, 1), lon + 0.001, lat),
            new Landmark(new Point(1, 0), lon + 0.001, lat + 0.001),
            new Landmark(new Point(0, 0), lon, lat + 0.001));
    Calibration ground = Calibration.ofLandmarks(Unit.WGS84, marks);
    GroundPoint corner = ground.toGround(new Point(1, 0)).orElseThrow();
    assertThat(corner.x()).isCloseTo(109.37, within(0.05));
    assertThat(corner.y()).isCloseTo(110.61, within(0.05));
    Zone half = new Zone("half", List.of(new Point(0, 0), new Point(0.5, 0), new Point(0, 1)));
    assertThat(ground.area(half).orElseThrow()).isCloseTo(109.37 * 110.61 / 4, within(5.0));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.35", "0.2, 0.35", "-0.25, 0.4", "0.1, 0.15"})
  void aLaneOfKnownSizeIsEnoughForALevelCamera(double pan, double tilt) {
    Camera camera = new Camera(7, tilt, pan, 1.2);
    // Edges at x = 1 and 4.5; their ends need not be opposite each other.
    LaneMarks lane =
        new LaneMarks(
            new Arrow(camera.sees(1, 20), camera.sees(1, 32)),
            new Arrow(camera.sees(4.5, 18), camera.sees(4.5, 40)),
            3.5,
            12,
            ASPECT);
    Calibration ground = Calibration.ofLane(lane);
    for (double[] place : new double[][] {{1, 20}, {1, 32}, {4.5, 30}, {0, 25}, {6, 50}}) {
      GroundPoint found = ground.toGround(camera.sees(place[0], place[1])).orElseThrow();
      assertThat(found.x()).isCloseTo(place[0] - 1, within(1e-3));
      assertThat(found.y()).isCloseTo(place[1] - 20, within(1e-3));
    }
  }

  @Test
  void theErrorGrowsTowardsTheHorizon() {
    Calibration ground =
        Calibration.ofLandmarks(
            Unit.METRES,
            List.of(MAST.mark(-4, 15), MAST.mark(4, 14), MAST.mark(5, 45), MAST.mark(-3, 40)));
    assertThat(ground.error(MAST.sees(0, 15), 0.003)).isLessThan(0.3);
    assertThat(ground.error(MAST.sees(0, 60), 0.003)).isGreaterThan(1);
    assertThat(ground.error(new Point(0.5, 0), 0.003)).isInfinite();
  }

  @Test
  void landmarksThatSayNothingOrNonsenseAreRefusedWithTheReason() {
    assertRefused("4 to 100 points, not 3", MAST.mark(0, 20), MAST.mark(4, 20), MAST.mark(4, 40));
    assertRefused(
        "no three lie on a line",
        MAST.mark(0, 20),
        MAST.mark(0, 30),
        MAST.mark(0, 40),
        MAST.mark(4, 40));
    assertRefused(
        "no three lie on a line",
        MAST.mark(0, 20),
        MAST.mark(0, 20),
        MAST.mark(2, 30),
        MAST.mark(4, 40));
    assertRefused("mirrored", mirrored(-4, 15), mirrored(4, 15), mirrored(4, 40), mirrored(-4, 40));
    Landmark wrong = new Landmark(MAST.sees(0, 25), 9, 38);
    assertRefused(
        "do not fit one flat ground",
        MAST.mark(-4, 15),
        MAST.mark(4, 15),
        MAST.mark(4, 40),
        MAST.mark(-4, 40),
        wrong);
    // Two corners exchanged: as if the ground crossed the horizon.
    assertRefused(
        "horizon",
        MAST.mark(-4, 15),
        MAST.mark(4, 15),
        new Landmark(MAST.sees(-4, 40), 4, 40),
        new Landmark(MAST.sees(4, 40), -4, 40));
  }

  @Test
  void lanesThatNoLevelCameraSeesAreRefused() {
    Arrow left = new Arrow(new Point(0.3, 0.9), new Point(0.45, 0.5));
    Arrow right = new Arrow(new Point(0.7, 0.9), new Point(0.55, 0.5));
    assertThatThrownBy(
            () ->
                Calibration.ofLane(
                    new LaneMarks(
                        left,
                        new Arrow(new Point(0.7, 0.9), new Point(0.9, 0.5)),
                        3.5,
                        12,
                        ASPECT)))
        .hasMessageContaining("do not meet above the lane");
    assertThatThrownBy(() -> Calibration.ofLane(new LaneMarks(right, left, 3.5, 12, ASPECT)))
        .hasMessageContaining("not to the right");
    assertThatThrownBy(() -> Calibration.ofLane(new LaneMarks(left, right, 30, 1, ASPECT)))
        .hasMessageContaining("do not fit");
    assertThatThrownBy(() -> new LaneMarks(left, right, 0, 12, ASPECT))
        .hasMessageContaining("width");
  }

  private static Landmark mirrored(double x, double y) {
    return new Landmark(MAST.sees(x, y), -x, y);
  }

  private static void assertRefused(String why, Landmark... marks) {
    assertThatThrownBy(() -> Calibration.ofLandmarks(Unit.METRES, List.of(marks)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
