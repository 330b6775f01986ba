package io.kydai.analytics.regions;

import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.ingest.AccessUnit;
import io.kydai.models.Box;
import io.kydai.models.Detection;
import io.kydai.models.InputSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides which parts of a camera's picture to look at in their own resolution. Not thread-safe.
 *
 * <p>The picture is a grid of cells of {@value #CELL} pixels. A cell is worth a look where small
 * objects were seen lately, where something moves that no large box explains, and where a zone is
 * marked as far; the longer ago the last close look was, the more. Regions are put where the sum is
 * largest, one after the other, each of what those before it leave.
 */
public final class RegionPlanner {
  private static final int CELL = 32; // pixels
  private static final int MARGIN = 16; // pixels within a region's edge are not looked at for sure
  private static final double SEEN_LATELY = 0.3; // weight of the newest look
  private static final double MOVES = 0.25;
  private static final double FAR = 0.25;
  private static final double ANYWHERE = 0.002;
  private static final double LONGEST_AGE = Double.parseDouble(System.getProperty("la", "3"));
  private static final double SHORTEST_AGE = Double.parseDouble(System.getProperty("sa", "0.1"));
  private static final double SMALL = 20; // pixels of the whole view's input, mean side
  private static final double LARGE = 56;

  private final InputSize input;
  private final Scene scene;
  private final List<Layout> layouts;
  private final double zoom;
  private final double enough;
  private int width;
  private int height;
  private int columns;
  private int rows;
  private double[] heat = {};
  private double[] now = {};
  private boolean[] explained = {};
  private boolean[] far = {};
  private long[] looked = {};

  public RegionPlanner(InputSize input, Scene scene, List<Layout> layouts, double zoom, double enough) {
    this.enough = enough;
    this.input = input;
    this.scene = scene;
    this.layouts = List.copyOf(layouts);
    this.zoom = zoom;
  }

  /** The best view for one inference more. */
  public Optional<View> next(int pictureWidth, int pictureHeight, long mediaTime, MotionMap motion) {
    resize(pictureWidth, pictureHeight);
    double[] expected = expected(motion);
    double[] worth = aged(expected, mediaTime);
    View best = null;
    double most = -1;
    for (Layout layout : layouts) {
      double[] left = worth.clone();
      double sum = 0;
      List<Tile> tiles = new ArrayList<>();
      for (Layout.Place place : layout.places(input)) {
        int w = Math.min(width, even(place.width() / zoom));
        int h = Math.min(height, even(place.height() / zoom));
        int[] at = place(left, w, h);
        Region region = new Region(at[0], at[1], w, h);
        sum += take(left, region);
        tiles.add(
            new Tile(
                region,
                place.left(),
                place.top(),
                Math.min(place.width(), (int) Math.round(w * zoom)),
                Math.min(place.height(), (int) Math.round(h * zoom))));
      }
      if (sum > most) {
        most = sum;
        best = new View(input, width, height, tiles);
      }
    }
    double hoped = 0;
    for (Tile tile : best.tiles()) {
      hoped += take(expected, tile.region());
    }
    if (hoped < enough) {
      return Optional.empty();
    }
    for (Tile tile : best.tiles()) {
      forEachInner(tile.region(), cell -> looked[cell] = mediaTime);
    }
    return Optional.of(best);
  }

  /** What was seen in a view, normalised to the picture. */
  public void learn(View view, List<Detection> found, long mediaTime, boolean wholeView) {
    resize(view.pictureWidth(), view.pictureHeight());
    double scale =
        Math.min((double) input.width() / width, (double) input.height() / height);
    Arrays.fill(now, 0);
    if (wholeView) {
      Arrays.fill(explained, false);
    }
    for (Detection detection : found) {
      if (detection.score() < 0.25) {
        continue;
      }
      Box box = detection.box();
      double side = Math.sqrt((double) box.area() * width * height) * scale;
      double need = Math.max(0, Math.min(1, (LARGE - side) / (LARGE - SMALL)));
      now[cell(
              (box.left() + box.right()) / 2 * width, (box.top() + box.bottom()) / 2 * height)] +=
          need;
      if (wholeView && need == 0) {
        explain(box);
      }
    }
    for (Tile tile : view.tiles()) {
      forEachInner(
          tile.region(),
          cell -> {
            double weight = wholeView && heat[cell] > now[cell] ? 0.03 : SEEN_LATELY;
            heat[cell] += weight * (now[cell] - heat[cell]);
          });
    }
  }

  private void explain(Box box) {
    int right = Math.min(columns - 1, (int) (box.right() * width / CELL));
    int bottom = Math.min(rows - 1, (int) (box.bottom() * height / CELL));
    for (int y = Math.max(0, (int) (box.top() * height / CELL)); y <= bottom; y++) {
      for (int x = Math.max(0, (int) (box.left() * width / CELL)); x <= right; x++) {
        explained[y * columns + x] = true;
      }
    }
  }

  /** How many small objects a close look at each cell may show. */
  private double[] expected(MotionMap motion) {
    double[] expected = new double[columns * rows];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int cell = y * columns + x;
        expected[cell] = ANYWHERE + heat[cell] + (far[cell] ? FAR : 0);
        if (motion.known() && !explained[cell] && motion.movingIn(box(x, y))) {
          expected[cell] += MOVES;
        }
      }
    }
    return expected;
  }

  private double[] aged(double[] expected, long mediaTime) {
    double[] worth = expected.clone();
    for (int cell = 0; cell < worth.length; cell++) {
      double age = (mediaTime - looked[cell]) / (double) AccessUnit.TICKS_PER_SECOND;
      worth[cell] *= Math.max(SHORTEST_AGE, Math.min(LONGEST_AGE, age));
    }
    return worth;
  }

  private Box box(int x, int y) {
    return new Box(
        (float) x * CELL / width,
        (float) y * CELL / height,
        Math.min(1, (float) (x + 1) * CELL / width),
        Math.min(1, (float) (y + 1) * CELL / height));
  }

  /** Left and top of the region of a size that is worth most. */
  private int[] place(double[] worth, int w, int h) {
    double[] sums = new double[(columns + 1) * (rows + 1)];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        sums[(y + 1) * (columns + 1) + x + 1] =
            worth[y * columns + x]
                + sums[y * (columns + 1) + x + 1]
                + sums[(y + 1) * (columns + 1) + x]
                - sums[y * (columns + 1) + x];
      }
    }
    int[] best = {0, 0};
    double most = -1;
    for (int top = 0; ; top += CELL / 2) {
      top = Math.min(top, even(height - h));
      for (int left = 0; ; left += CELL / 2) {
        left = Math.min(left, even(width - w));
        int[] c = inner(left, top, w, h);
        int stride = columns + 1;
        double sum =
            sums[c[3] * stride + c[2]]
                - sums[c[1] * stride + c[2]]
                - sums[c[3] * stride + c[0]]
                + sums[c[1] * stride + c[0]];
        if (sum > most) {
          most = sum;
          best = new int[] {left, top};
        }
        if (left >= even(width - w)) {
          break;
        }
      }
      if (top >= even(height - h)) {
        break;
      }
    }
    return best;
  }

  /** First and last + 1 column and row whose centres are well within. */
  private int[] inner(int left, int top, int w, int h) {
    int x0 = left == 0 ? 0 : left + MARGIN;
    int y0 = top == 0 ? 0 : top + MARGIN;
    int x1 = left + w >= width - 1 ? columns * CELL : left + w - MARGIN;
    int y1 = top + h >= height - 1 ? rows * CELL : top + h - MARGIN;
    int from = (x0 + CELL / 2 - 1) / CELL;
    int fromRow = (y0 + CELL / 2 - 1) / CELL;
    int to = Math.min(columns, (x1 + CELL / 2) / CELL);
    int toRow = Math.min(rows, (y1 + CELL / 2) / CELL);
    return new int[] {from, fromRow, Math.max(from, to), Math.max(fromRow, toRow)};
  }

  private double take(double[] worth, Region region) {
    double[] sum = {0};
    forEachInner(
        region,
        cell -> {
          sum[0] += worth[cell];
          worth[cell] = 0;
        });
    return sum[0];
  }

  private void forEachInner(Region region, java.util.function.IntConsumer action) {
    int[] c = inner(region.left(), region.top(), region.width(), region.height());
    for (int y = c[1]; y < c[3]; y++) {
      for (int x = c[0]; x < c[2]; x++) {
        action.accept(y * columns + x);
      }
    }
  }

  private int cell(double x, double y) {
    int column = Math.max(0, Math.min(columns - 1, (int) (x / CELL)));
    int row = Math.max(0, Math.min(rows - 1, (int) (y / CELL)));
    return row * columns + column;
  }

  private void resize(int pictureWidth, int pictureHeight) {
    if (pictureWidth == width && pictureHeight == height) {
      return;
    }
    width = pictureWidth;
    height = pictureHeight;
    columns = (width + CELL - 1) / CELL;
    rows = (height + CELL - 1) / CELL;
    heat = new double[columns * rows];
    now = new double[columns * rows];
    explained = new boolean[columns * rows];
    looked = new long[columns * rows];
    Arrays.fill(looked, -10 * AccessUnit.TICKS_PER_SECOND);
    far = new boolean[columns * rows];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        Box box = box(x, y);
        far[y * columns + x] = isFar((box.left() + box.right()) / 2, (box.top() + box.bottom()) / 2);
      }
    }
  }

  private boolean isFar(float x, float y) {
    for (Zone zone : scene.zones()) {
      if (zone.use() == ZoneUse.FAR && zone.contains(new io.kydai.analytics.Point(x, y))) {
        return true;
      }
    }
    return false;
  }

  private static int even(double value) {
    return (int) value & ~1;
  }
}
