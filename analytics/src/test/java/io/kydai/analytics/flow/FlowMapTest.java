package io.kydai.analytics.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Point;
import io.kydai.ingest.media.MediaTime;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FlowMapTest {
  private static final Point WEST = new Point(0.1, 0.5);
  private static final Point EAST = new Point(0.9, 0.5);

  private final FlowMap map = new FlowMap();
  private final Traffic traffic = new Traffic(map);

  @Test
  void each_track_leaves_one_where_it_passed_in_its_direction() {
    traffic.drive(5, "car", 0, WEST, EAST);
    FlowGrid grid = map.read();
    // The box covers the three cells around x; each path across a cell is one, whatever its speed.
    int cell = 18 * FlowGrid.COLUMNS + 32;
    assertThat(grid.passes(RoadUser.VEHICLE, cell)).isCloseTo(5, within(0.3));
    assertThat(grid.towards(0, cell)).isCloseTo(5, within(0.3));
    assertThat(grid.towards(6, cell)).isCloseTo(0, within(0.05));
    assertThat(grid.tracks(RoadUser.VEHICLE)).isEqualTo(5);
    assertThat(grid.passes(RoadUser.PERSON, cell)).isZero();
  }

  @Test
  void how_often_a_camera_is_analysed_makes_no_difference() {
    int cell = 18 * FlowGrid.COLUMNS + 32;
    for (long step : new long[] {3000, 9000, 30_000, 45_000}) {
      FlowMap other = new FlowMap();
      new Traffic(other, 1280, 720, step).drive(4, "car", 0, WEST, EAST);
      assertThat(other.read().passes(RoadUser.VEHICLE, cell))
          .as("%d ticks", step)
          .isCloseTo(4, within(0.4));
    }
  }

  @Test
  void a_standing_crowd_has_no_paths_and_its_seconds_are_counted() {
    Point[] places =
        IntStream.range(0, 30)
            .mapToObj(i -> new Point(0.2 + 0.02 * i, 0.4 + 0.01 * (i % 7)))
            .toArray(Point[]::new);
    traffic.stand("person", 60, places);
    FlowGrid grid = map.read();
    double standing =
        IntStream.range(0, FlowGrid.CELLS)
            .mapToDouble(c -> grid.standing(RoadUser.PERSON, c))
            .sum();
    double passes =
        IntStream.range(0, FlowGrid.CELLS).mapToDouble(c -> grid.passes(RoadUser.PERSON, c)).sum();
    assertThat(standing).isBetween(30 * 50.0, 30 * 60.0);
    assertThat(passes).isZero();
    assertThat(grid.tracks(RoadUser.PERSON)).isZero();
  }

  @Test
  void what_jumps_about_under_one_id_leaves_little() {
    traffic.jump(300);
    FlowGrid grid = map.read();
    double passes =
        IntStream.range(0, FlowGrid.CELLS).mapToDouble(c -> grid.passes(RoadUser.VEHICLE, c)).sum();
    assertThat(passes).isLessThan(300 * 0.25 * FlowGrid.COLUMNS / 4);
  }

  @Test
  void boxes_cut_off_by_the_edge_and_predicted_ones_are_not_looked_at() {
    for (int i = 0; i < 20; i++) {
      Track cut = Traffic.track(1, "car", 0.1 + 0.04 * i, 1, 0);
      Track whole = Traffic.track(2, "car", 0.1 + 0.04 * i, 0.5, 0);
      Track guess = new Track(3, "car", 0.5f, whole.box(), false, 0);
      traffic.show(List.of(cut, guess));
    }
    assertThat(map.read().tracksOnWheels()).isZero();
  }

  @Test
  void the_past_is_half_as_heavy_after_three_days_watched_and_stays_while_nobody_watches() {
    traffic.drive(8, "car", 0, WEST, EAST);
    double before = map.read().tracksOnWheels();
    traffic.quiet(FlowMap.HALF_LIFE_HOURS * 3600.0);
    assertThat(map.read().tracksOnWheels()).isCloseTo(before / 2, within(0.1));
    traffic.again().drive(1, "car", 0, WEST, EAST);
    assertThat(map.read().tracksOnWheels()).isCloseTo(before / 2 + 1, within(0.1));
  }

  @Test
  void an_analysis_that_begins_anew_goes_on_in_the_same_map() {
    traffic.drive(3, "car", 0, WEST, EAST).again().drive(3, "car", 0, WEST, EAST);
    assertThat(map.read().tracksOnWheels()).isEqualTo(6);
  }

  @Test
  void nothing_is_allocated_however_many_tracks_there_are() {
    List<List<Track>> frames =
        LongStream.range(0, 200)
            .mapToObj(
                frame ->
                    LongStream.range(0, 600)
                        .mapToObj(
                            id ->
                                Traffic.track(
                                    id + 1, "car", 0.1 + 0.004 * frame, 0.1 + 0.001 * id, id))
                        .toList())
            .toList();
    var observations =
        IntStream.range(0, frames.size())
            .mapToObj(
                i ->
                    new io.kydai.analytics.observation.Observation(
                        new io.kydai.ingest.source.CameraId("road"),
                        MediaTime.ticksOfMillis(i * 100L),
                        java.time.Instant.EPOCH,
                        1280,
                        720,
                        frames.get(i)))
            .toList();
    observations.forEach(map::onObservation);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < observations.size(); i++) {
      map.onObservation(observations.get(i));
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
  }
}
