package io.kydai.analytics.flow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final Point WEST = new Point(0.05, 0.4);
  private static final Point EAST = new Point(0.95, 0.4);
  private static final Point SOUTH_EAST = new Point(0.95, 0.6);
  private static final Point SOUTH_WEST = new Point(0.05, 0.6);

  private final FlowMap map = new FlowMap();
  private final Traffic traffic = new Traffic(map);

  @Test
  void a_two_way_road_is_two_lanes_each_with_its_own_direction() {
    traffic
        .drive(30, "car", 0.01, WEST, EAST)
        .drive(20, "motorcycle", 0.01, SOUTH_EAST, SOUTH_WEST);
    List<LaneSuggestion> lanes = suggest(Scene.EMPTY);
    assertThat(lanes).hasSize(2);
    assertThat(lanes).extracting(lane -> lane.zone().id()).containsExactly("lane-1", "lane-2");
    assertThat(heading(lanes.get(0))).isBetween(-5.0, 5.0);
    assertThat(Math.abs(heading(lanes.get(1)))).isGreaterThan(175);
    assertThat(lanes.get(0).zone().contains(new Point(0.5, 0.4))).isTrue();
    assertThat(lanes.get(0).zone().contains(new Point(0.5, 0.6))).isFalse();
    assertThat(lanes.get(1).zone().contains(new Point(0.5, 0.6))).isTrue();
    assertThat(lanes)
        .allSatisfy(
            lane -> {
              assertThat(lane.zone().use()).isEqualTo(ZoneUse.LANE);
              assertThat(lane.zone().polygon()).hasSizeLessThanOrEqualTo(12);
              assertThat(lane.confidence()).isBetween(0.5, 1.0);
            });
    assertThat(lanes.get(0).tracks()).isBetween(24.0, 31.0);
    assertThat(lanes.get(1).tracks()).isBetween(16.0, 21.0);
  }

  @Test
  void the_line_across_a_lane_counts_its_direction_as_forward() {
    traffic.drive(30, "car", 0.01, WEST, EAST).drive(30, "car", 0.01, SOUTH_EAST, SOUTH_WEST);
    for (LaneSuggestion lane : suggest(Scene.EMPTY)) {
      Point from = requireNonNull(lane.zone().direction()).from();
      Point to = requireNonNull(lane.zone().direction()).to();
      assertThat(lane.line().side(from)).isEqualTo(Line.Side.LEFT);
      assertThat(lane.line().side(to)).isEqualTo(Line.Side.RIGHT);
      assertThat(lane.line().crossedBy(from, to)).isTrue();
    }
  }

  @Test
  void where_opposite_directions_share_the_road_there_is_no_lane() {
    traffic.drive(30, "car", 0.02, WEST, EAST).drive(30, "car", 0.02, EAST, WEST);
    assertThat(suggest(Scene.EMPTY)).isEmpty();
  }

  @Test
  void at_a_crossing_every_lane_goes_one_way() {
    traffic
        .drive(40, "car", 0.01, WEST, EAST)
        .drive(25, "car", 0.01, new Point(0.5, 0.1), new Point(0.5, 0.95));
    List<LaneSuggestion> lanes = suggest(Scene.EMPTY);
    assertThat(lanes).hasSizeGreaterThanOrEqualTo(2);
    assertThat(lanes)
        .allSatisfy(
            lane -> {
              double heading = heading(lane);
              assertThat(Math.min(Math.abs(heading), Math.abs(heading - 90))).isLessThan(8);
            });
    assertThat(lanes).anyMatch(lane -> Math.abs(heading(lane)) < 8);
    assertThat(lanes).anyMatch(lane -> Math.abs(heading(lane) - 90) < 8);
  }

  @Test
  void a_bend_becomes_pieces_that_one_arrow_describes() {
    traffic.drive(
        40,
        "car",
        0.008,
        new Point(0.1, 0.9),
        new Point(0.2, 0.6),
        new Point(0.4, 0.4),
        new Point(0.65, 0.3),
        new Point(0.9, 0.28));
    List<LaneSuggestion> lanes = suggest(Scene.EMPTY);
    assertThat(lanes).isNotEmpty();
    assertThat(lanes).allSatisfy(lane -> assertThat(heading(lane)).isBetween(-90.0, 5.0));
  }

  @Test
  void fewer_than_twenty_tracks_are_not_enough_and_the_answer_says_so() {
    traffic.drive(19, "car", 0.01, WEST, EAST);
    Suggestions suggestions = Suggestions.of(map.read(), Scene.EMPTY);
    assertThat(suggestions.enough()).isFalse();
    assertThat(suggestions.tracks()).isEqualTo(19);
    assertThat(suggestions.lanes()).isEmpty();
    traffic.drive(1, "car", 0.01, WEST, EAST);
    assertThat(suggest(Scene.EMPTY)).hasSize(1);
  }

  @Test
  void a_crowd_and_noise_suggest_no_lane() {
    traffic.stand("person", 60, WEST, EAST, SOUTH_EAST, SOUTH_WEST);
    traffic.drive(40, "person", 0.01, WEST, EAST);
    for (int i = 0; i < 60; i++) {
      traffic.jump(20);
    }
    assertThat(suggest(Scene.EMPTY)).isEmpty();
  }

  @Test
  void what_the_scene_has_is_not_suggested_again_and_its_names_are_taken() {
    traffic.drive(30, "car", 0.01, WEST, EAST).drive(20, "car", 0.01, SOUTH_EAST, SOUTH_WEST);
    List<LaneSuggestion> first = suggest(Scene.EMPTY);
    Scene accepted = new Scene(List.of(first.get(0).line()), List.of(first.get(0).zone()), null);
    List<LaneSuggestion> second = suggest(accepted);
    assertThat(second).hasSize(1);
    assertThat(second.get(0).zone().id()).isEqualTo("lane-2");
    assertThat(second.get(0).zone().polygon()).isEqualTo(first.get(1).zone().polygon());

    Zone nobodyLooks =
        new Zone(
            "screen",
            List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1)),
            ZoneUse.IGNORE,
            null);
    assertThat(suggest(new Scene(List.of(), List.of(nobodyLooks)))).isEmpty();
  }

  @Test
  void the_same_tracks_suggest_the_same_lanes() {
    FlowMap other = new FlowMap();
    for (FlowMap one : List.of(map, other)) {
      new Traffic(one)
          .drive(25, "car", 0.02, WEST, EAST)
          .drive(25, "car", 0.02, SOUTH_EAST, SOUTH_WEST)
          .drive(9, "car", 0.03, new Point(0.2, 0.9), new Point(0.8, 0.1));
    }
    assertThat(Suggestions.of(map.read(), Scene.EMPTY))
        .isEqualTo(Suggestions.of(other.read(), Scene.EMPTY));
    assertThat(Suggestions.of(map.read(), Scene.EMPTY).lanes()).isNotEmpty();
  }

  @Test
  void directions_are_right_on_pictures_of_any_shape() {
    for (int[] size : new int[][] {{640, 480}, {1920, 1080}, {720, 1280}}) {
      FlowMap shaped = new FlowMap();
      double part = 0.8;
      // As many pixels to the right as downwards: 45 degrees on the picture.
      double side = part * Math.min(size[0], size[1]);
      Point from = new Point(0.1, 0.1);
      Point to = new Point(0.1 + side / size[0], 0.1 + side / size[1]);
      new Traffic(shaped, size[0], size[1], 9000).drive(30, "car", 0.01, from, to);
      List<LaneSuggestion> lanes = Suggestions.of(shaped.read(), Scene.EMPTY).lanes();
      assertThat(lanes).as("%d × %d", size[0], size[1]).hasSize(1);
      var arrow = requireNonNull(lanes.get(0).zone().direction());
      double dx = (arrow.to().x() - arrow.from().x()) * size[0];
      double dy = (arrow.to().y() - arrow.from().y()) * size[1];
      assertThat(Math.toDegrees(Math.atan2(dy, dx))).isBetween(41.0, 49.0);
    }
  }

  private List<LaneSuggestion> suggest(Scene scene) {
    return Suggestions.of(map.read(), scene).lanes();
  }

  /** Clockwise from the right, in degrees, on a 16:9 picture. */
  private static double heading(LaneSuggestion lane) {
    var arrow = requireNonNull(lane.zone().direction());
    double dx = arrow.to().x() - arrow.from().x();
    double dy = (arrow.to().y() - arrow.from().y()) * 9 / 16;
    return Math.toDegrees(Math.atan2(dy, dx));
  }
}
