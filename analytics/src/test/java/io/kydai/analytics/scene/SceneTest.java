package io.kydai.analytics.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.scene.Line.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SceneTest {

  @Test
  void rightOfALineDownwardsIsTheLeftHalfOfThePicture() {
    Line line = new Line("v", new Point(0.5, 0), new Point(0.5, 1));
    assertThat(line.side(new Point(0.2, 0.5))).isEqualTo(Side.RIGHT);
    assertThat(line.side(new Point(0.8, 0.5))).isEqualTo(Side.LEFT);
    assertThat(line.side(new Point(0.509, 0.5))).isEqualTo(Side.NEAR);
    assertThat(line.side(new Point(0.511, 0.5))).isEqualTo(Side.LEFT);
  }

  @ParameterizedTest
  @CsvSource({
    "0.4, 0.5, 0.6, 0.5, true",
    "0.4, 0.1, 0.6, 0.1, false",
    "0.4, 0.295, 0.6, 0.295, true",
    "0.4, 0.5, 0.45, 0.5, false",
    "0.3, 0.2, 0.7, 0.6, true",
    "0.5, 0.3, 0.5, 0.7, false"
  })
  void aMovementCrossesOnlyBetweenTheEnds(
      double x, double y, double x2, double y2, boolean crosses) {
    Line line = new Line("v", new Point(0.5, 0.3), new Point(0.5, 0.7));
    assertThat(line.crossedBy(new Point(x, y), new Point(x2, y2))).isEqualTo(crosses);
    assertThat(line.crossedBy(new Point(x2, y2), new Point(x, y))).isEqualTo(crosses);
  }

  @Test
  void theBoundaryOfAZoneIsInside() {
    Zone zone = zone(0.2, 0.2, 0.8, 0.2, 0.8, 0.8, 0.5, 0.5, 0.2, 0.8);
    for (Point corner : zone.polygon()) {
      assertThat(zone.contains(corner)).isTrue();
    }
    assertThat(zone.contains(new Point(0.2, 0.4))).isTrue();
    assertThat(zone.contains(new Point(0.5, 0.2))).isTrue();
    assertThat(zone.contains(new Point(0.5, 0.51))).isFalse();
    assertThat(zone.contains(new Point(0.1, 0.5))).isFalse();
    assertThat(zone.contains(new Point(0.1, 0.2))).isFalse();
    assertThat(zone.contains(new Point(0.9, 0.8))).isFalse();
  }

  @Test
  void aConvexZoneContainsWhatIsOnTheSameSideOfAllEdges() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      List<Point> corners = new ArrayList<>();
      double turn = random.nextDouble();
      for (int i = 0; i < 7; i++) {
        double angle = turn + i * 2 * Math.PI / 7;
        corners.add(new Point(0.5 + 0.4 * Math.cos(angle), 0.5 + 0.3 * Math.sin(angle)));
      }
      Zone zone = new Zone("z", corners);
      Point place = new Point(random.nextDouble(), random.nextDouble());
      boolean inside = true;
      for (int i = 0; i < 7; i++) {
        inside &=
            new Line("e", corners.get(i), corners.get((i + 1) % 7)).signedDistance(place) >= 0;
      }
      assertThat(zone.contains(place)).isEqualTo(inside);
    }
  }

  @Test
  void whatIsDrawnWronglyIsRefusedWithWhatWouldBeRight() {
    assertThatThrownBy(() -> zone(0.1, 0.1, 0.9, 0.9, 0.9, 0.1, 0.1, 0.9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("crosses itself");
    assertThatThrownBy(() -> zone(0.1, 0.1, 0.9, 0.1, 0.5, 0.1, 0.5, 0.5))
        .hasMessageContaining("crosses itself");
    assertThatThrownBy(() -> zone(0.1, 0.1, 0.9, 0.9)).hasMessageContaining("3 to 200 points");
    assertThatThrownBy(() -> zone(0.1, 0.1, 0.9, 0.9, 1.2, 0.5))
        .hasMessageContaining("coordinates are 0 to 1");
    assertThatThrownBy(() -> zone(0.1, 0.1, 0.9, Double.NaN, 0.2, 0.5))
        .hasMessageContaining("coordinates are 0 to 1");
    assertThatThrownBy(() -> new Line("l", new Point(0.5, 0.5), new Point(0.5, 0.5)))
        .hasMessageContaining("different places");
    assertThatThrownBy(() -> new Line(" ", new Point(0, 0), new Point(1, 1)))
        .hasMessageContaining("not blank");
    Line line = new Line("l", new Point(0, 0), new Point(1, 1));
    assertThatThrownBy(() -> new Scene(List.of(line, line), List.of()))
        .hasMessageContaining("two lines with the id l");
  }

  private static Zone zone(double... xy) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < xy.length; i += 2) {
      points.add(new Point(xy[i], xy[i + 1]));
    }
    return new Zone("z", points);
  }
}
