package io.kydai.analytics.flow;

import io.kydai.analytics.scene.Arrow;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lanes out of streams: their shape, direction, a line across, and how much to believe of them.
 * Lanes side by side that go one way are one stream, unless there is space between them.
 *
 * <p>Means of directions are those of circular statistics (K. V. Mardia, P. E. Jupp: Directional
 * Statistics, 2000, §2.2–2.3): the vector sum's direction, and its length over what was summed.
 */
final class LaneFinder {
  private static final int MOST_CORNERS = 12;
  private static final int LEAST_CELLS = 12;
  private static final double LEAST_LENGTH = 5;
  private static final double LEAST_SHARE = 0.02;
  private static final double MOST_AGAINST = 0.3;

  /** Of the directions in it: with less, as at the middle of a crossing, it is no lane. */
  private static final double LEAST_AGREEMENT = 0.6;

  private static final double SAME_WAY = Math.cos(Math.toRadians(60));

  private final FlowGrid grid;
  private final Scene scene;

  /** The height of a row in widths of a column. */
  private final double rowHeight;

  private LaneFinder(FlowGrid grid, Scene scene) {
    this.grid = grid;
    this.scene = scene;
    rowHeight = FlowGrid.COLUMNS / (FlowGrid.ROWS * grid.aspect());
  }

  /** A lane that has no name yet. */
  private record Lane(
      List<Point> polygon, Arrow arrow, Point from, Point to, double tracks, double confidence) {}

  static List<LaneSuggestion> find(FlowGrid grid, Scene scene, int needed) {
    LaneFinder finder = new LaneFinder(grid, scene);
    double least = Math.max(needed / 4.0, LEAST_SHARE * grid.tracksOnWheels());
    List<Lane> lanes = new ArrayList<>();
    for (BitSet stream :
        TrafficStreams.find(
            new DominantDirections(grid),
            LEAST_CELLS,
            cell -> !scene.ignores(FlowGrid.middle(cell)))) {
      finder.lane(stream).filter(lane -> lane.tracks() >= least).ifPresent(lanes::add);
    }
    lanes.sort(Comparator.comparingDouble((Lane lane) -> -lane.tracks()));
    return finder.named(lanes);
  }

  private List<LaneSuggestion> named(List<Lane> lanes) {
    Set<String> taken = new HashSet<>();
    scene.zones().forEach(zone -> taken.add(zone.id()));
    scene.lines().forEach(line -> taken.add(line.id()));
    List<LaneSuggestion> named = new ArrayList<>();
    int number = 0;
    for (Lane lane : lanes) {
      String id;
      String across;
      do {
        number++;
        id = "lane-" + number;
        across = "across-lane-" + number;
      } while (taken.contains(id) || taken.contains(across));
      named.add(
          new LaneSuggestion(
              new Zone(id, lane.polygon(), ZoneUse.LANE, lane.arrow()),
              new Line(across, lane.from(), lane.to()),
              lane.tracks(),
              lane.confidence()));
    }
    return named;
  }

  private Optional<Lane> lane(BitSet stream) {
    double[] sum = sum(stream);
    double length = Math.hypot(sum[0], sum[1]);
    double dx = sum[0] / length;
    double dy = sum[1] / length;
    if (isDrawn(stream, dx, dy)) {
      return Optional.empty();
    }
    List<Point> polygon = Outline.of(stream, MOST_CORNERS);
    BitSet inside = inside(polygon);
    double along = 0;
    double against = 0;
    for (int cell : inside.stream().toArray()) {
      double[] both = DominantDirections.alongAndAgainst(grid, cell, dx, dy);
      along += both[0];
      against += both[1];
    }
    Extent extent = new Extent(stream, dx, dy);
    if (extent.length() < LEAST_LENGTH || against > MOST_AGAINST * along) {
      return Optional.empty();
    }
    double tracks = along / extent.length();
    double[] all = sum(inside);
    double agreement = Math.hypot(all[0], all[1]) / all[2];
    if (agreement < LEAST_AGREEMENT) {
      return Optional.empty();
    }
    Optional<Arrow> arrow = extent.arrow();
    Point[] across = extent.across();
    return arrow
        .filter(known -> across[0].distanceTo(across[1]) >= 2 * Line.MARGIN)
        .map(
            known ->
                new Lane(
                    polygon,
                    known,
                    across[0],
                    across[1],
                    tracks,
                    agreement * tracks / (tracks + 10)));
  }

  private double[] sum(BitSet cells) {
    double[] sum = new double[3];
    for (int cell : cells.stream().toArray()) {
      double[] one = DominantDirections.sum(grid, cell);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += one[i];
      }
    }
    return sum;
  }

  private static BitSet inside(List<Point> polygon) {
    Zone zone = new Zone("outline", polygon);
    BitSet inside = new BitSet(FlowGrid.CELLS);
    for (int cell = 0; cell < FlowGrid.CELLS; cell++) {
      if (zone.contains(FlowGrid.middle(cell))) {
        inside.set(cell);
      }
    }
    return inside;
  }

  /** Returns whether most of a stream lies in lanes that the scene has, going the same way. */
  private boolean isDrawn(BitSet stream, double dx, double dy) {
    List<Zone> known =
        scene.zones().stream()
            .filter(zone -> zone.use() == ZoneUse.LANE)
            .filter(zone -> agrees(zone.direction(), dx, dy))
            .toList();
    long covered =
        stream.stream()
            .filter(cell -> known.stream().anyMatch(z -> z.contains(FlowGrid.middle(cell))))
            .count();
    return covered * 2 > stream.cardinality();
  }

  /** Returns whether an arrow goes that way; one that is not known may. */
  private boolean agrees(@Nullable Arrow arrow, double dx, double dy) {
    if (arrow == null) {
      return true;
    }
    double x = arrow.to().x() - arrow.from().x();
    double y = (arrow.to().y() - arrow.from().y()) / grid.aspect();
    return (x * dx + y * dy) / Math.hypot(x, y) >= SAME_WAY;
  }

  /** A stream along its direction and across it, in widths of a column. */
  private final class Extent {
    private final int[] cells;
    private final double dx;
    private final double dy;
    private final double[] along;
    private final double[] across;
    private final double[] weight;

    Extent(BitSet stream, double dx, double dy) {
      this.dx = dx;
      this.dy = dy;
      cells = stream.stream().toArray();
      along = new double[cells.length];
      across = new double[cells.length];
      weight = new double[cells.length];
      for (int i = 0; i < cells.length; i++) {
        Point middle = FlowGrid.middle(cells[i]);
        double x = middle.x() * FlowGrid.COLUMNS;
        double y = middle.y() * FlowGrid.ROWS * rowHeight;
        along[i] = x * dx + y * dy;
        across[i] = y * dx - x * dy;
        weight[i] = DominantDirections.sum(grid, cells[i])[2];
      }
    }

    double length() {
      double[] sorted = along.clone();
      java.util.Arrays.sort(sorted);
      return sorted[sorted.length - 1] - sorted[0] + 1;
    }

    /** Where so much of the weight lies behind. */
    private double quantile(double part) {
      Integer[] order = new Integer[cells.length];
      double total = 0;
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
        total += weight[i];
      }
      java.util.Arrays.sort(order, Comparator.comparingDouble((Integer i) -> along[i]));
      double sum = 0;
      for (int i : order) {
        sum += weight[i];
        if (sum >= part * total) {
          return along[i];
        }
      }
      return along[order[order.length - 1]];
    }

    private double meanAcross(double at, double reach) {
      double sum = 0;
      double total = 0;
      for (int i = 0; i < cells.length; i++) {
        if (Math.abs(along[i] - at) <= reach) {
          sum += weight[i] * across[i];
          total += weight[i];
        }
      }
      return sum / total;
    }

    /** Through the stream's middle; empty where it would be too short to be one. */
    Optional<Arrow> arrow() {
      double middle = quantile(0.5);
      double across = meanAcross(middle, 1.5);
      double reach = length() / 3;
      Point centre = place(middle, across);
      Point from = cut(centre, place(middle - reach, across));
      Point to = cut(centre, place(middle + reach, across));
      return from.distanceTo(to) < 2 * Line.MARGIN
          ? Optional.empty()
          : Optional.of(new Arrow(from, to));
    }

    /** From the one side to the other at the middle; forward is the stream's direction. */
    Point[] across() {
      double middle = quantile(0.5);
      double least = Double.MAX_VALUE;
      double most = -Double.MAX_VALUE;
      for (int i = 0; i < cells.length; i++) {
        if (Math.abs(along[i] - middle) <= 1) {
          least = Math.min(least, across[i]);
          most = Math.max(most, across[i]);
        }
      }
      Point centre = place(middle, (least + most) / 2);
      return new Point[] {
        cut(centre, place(middle, most + 0.5)), cut(centre, place(middle, least - 0.5))
      };
    }

    private Point place(double along, double across) {
      double x = along * dx - across * dy;
      double y = along * dy + across * dx;
      return new Point(x / FlowGrid.COLUMNS, y / (FlowGrid.ROWS * rowHeight));
    }

    /** The last place of the picture on the way from one in it to another. */
    private static Point cut(Point in, Point to) {
      double part = Math.min(part(in.x(), to.x()), part(in.y(), to.y()));
      return new Point(
          Outline.rounded(in.x() + part * (to.x() - in.x())),
          Outline.rounded(in.y() + part * (to.y() - in.y())));
    }

    private static double part(double in, double to) {
      if (to > 1) {
        return (1 - in) / (to - in);
      }
      return to < 0 ? in / (in - to) : 1;
    }
  }
}
