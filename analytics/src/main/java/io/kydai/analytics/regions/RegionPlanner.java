package io.kydai.analytics.regions;

import io.kydai.analytics.motion.MotionMap;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.InputSize;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Decides which region of a camera's picture is worth a closer look. Not thread-safe.
 *
 * <p>The picture is a grid of cells of {@value #CELL} square pixels. A cell in a far zone is worth
 * what a closer look may show there: the small objects that were seen lately, and something where
 * the picture moves and no large object explains it. The region is put where the sum is largest;
 * where nobody looked for a second, it counts somewhat more, so that equals take turns. No region
 * is proposed where nothing is to be expected, or where the whole picture is hardly scaled down.
 * All of this is measured in square pixels, as the network sees them; the region is one of stored
 * ones.
 *
 * <p>Bound: some 30 bytes for each cell, of which a picture of 4096×4096 has 16,384.
 */
public final class RegionPlanner {
  private static final int CELL = 32; // square pixels, as all that follow
  private static final int STEP = 16; // between the places that are tried
  private static final int MARGIN = 16; // at a region's edge that cuts what stands there
  private static final double SCALED_DOWN = 0.75; // above it a closer look shows no more
  private static final double SMALL = 20; // mean side in the whole view's input, pixels
  private static final double LARGE = 56;
  private static final float SEEN = 0.25f; // score
  private static final double MOVES = 0.25; // objects that a moving cell may show
  private static final double UNKNOWN = 0.002;
  private static final double ENOUGH = 0.5; // objects
  private static final double NEWEST_CLOSE = 0.3; // weight of the newest look
  private static final double NEWEST_WHOLE = 0.03; // it sees less, so that it takes little back
  private static final double OLD_AFTER = 1; // seconds
  private static final double OLD = 1.2; // times the worth

  private final InputSize input;
  private final FarZones zones;
  private PictureGeometry picture = new PictureGeometry(0, 0, PixelAspectRatio.SQUARE);
  private int width; // square pixels
  private int height;
  private double storedColumns = 1; // for one square pixel
  private double storedRows = 1;
  private int columns; // of the grid
  private int rows;
  private boolean[] far = {};
  private boolean[] explained = {};
  private double[] small = {}; // objects, as looks of late have shown them
  private double[] newest = {};
  private long[] lookedAt = {};

  public RegionPlanner(InputSize input, FarZones zones) {
    this.input = input;
    this.zones = zones;
  }

  /** The region to look at on this frame, if any is worth it. */
  public Optional<RegionView> next(PictureGeometry shown, long mediaTime, MotionMap motion) {
    resize(shown);
    if (zones.isEmpty() || scale() > SCALED_DOWN) {
      return Optional.empty();
    }
    double[] expected = expected(motion);
    Region best = best(aged(expected, mediaTime));
    double[] objects = {0};
    forEachInner(best, cell -> objects[0] += expected[cell]);
    if (objects[0] < ENOUGH) {
      return Optional.empty();
    }
    forEachInner(best, cell -> lookedAt[cell] = mediaTime);
    return Optional.of(new RegionView(picture.width(), picture.height(), best));
  }

  /** What the whole picture showed. */
  public void learnWhole(List<Detection> found, PictureGeometry shown) {
    resize(shown);
    Arrays.fill(explained, false);
    count(found);
    for (Detection detection : found) {
      if (detection.score() >= SEEN && smallness(detection.box()) == 0) {
        explain(detection.box());
      }
    }
    for (int cell = 0; cell < small.length; cell++) {
      learn(cell, newest[cell] < small[cell] ? NEWEST_WHOLE : NEWEST_CLOSE);
    }
  }

  /**
   * What a closer look showed, normalised to the picture.
   *
   * @return those that count: what is large the whole picture shows better
   */
  public List<Detection> learnClose(RegionView view, List<Detection> found) {
    resize(new PictureGeometry(view.pictureWidth(), view.pictureHeight(), picture.pixelAspect()));
    List<Detection> few = found.stream().filter(seen -> smallness(seen.box()) > 0).toList();
    count(few);
    forEachInner(view.region(), cell -> learn(cell, NEWEST_CLOSE));
    return few;
  }

  private void count(List<Detection> found) {
    Arrays.fill(newest, 0);
    for (Detection detection : found) {
      Box box = detection.box();
      if (detection.score() >= SEEN) {
        int x = (int) ((box.left() + box.right()) / 2 * width / CELL);
        int y = (int) ((box.top() + box.bottom()) / 2 * height / CELL);
        newest[clamp(y, rows) * columns + clamp(x, columns)] += smallness(box);
      }
    }
  }

  private void learn(int cell, double weight) {
    small[cell] += weight * (newest[cell] - small[cell]);
  }

  /** How much a closer look may show of an object: from 1, where it is small, to 0. */
  private double smallness(Box box) {
    double side = Math.sqrt((double) box.area() * width * height) * scale();
    return Math.max(0, Math.min(1, (LARGE - side) / (LARGE - SMALL)));
  }

  private double scale() {
    return picture.scale(input);
  }

  private void explain(Box box) {
    int right = clamp((int) (box.right() * width / CELL), columns);
    int bottom = clamp((int) (box.bottom() * height / CELL), rows);
    for (int y = clamp((int) (box.top() * height / CELL), rows); y <= bottom; y++) {
      for (int x = clamp((int) (box.left() * width / CELL), columns); x <= right; x++) {
        explained[y * columns + x] = true;
      }
    }
  }

  /** How many small objects a closer look may show in each cell. */
  private double[] expected(MotionMap motion) {
    double[] expected = new double[columns * rows];
    for (int cell = 0; cell < expected.length; cell++) {
      if (far[cell]) {
        boolean moves = motion.known() && !explained[cell] && motion.movingIn(box(cell));
        expected[cell] = UNKNOWN + small[cell] + (moves ? MOVES : 0);
      }
    }
    return expected;
  }

  private double[] aged(double[] expected, long mediaTime) {
    double[] worth = expected.clone();
    for (int cell = 0; cell < worth.length; cell++) {
      double age = MediaTime.seconds(mediaTime - lookedAt[cell]);
      worth[cell] *= age > OLD_AFTER ? OLD : 1;
    }
    return worth;
  }

  private Region best(double[] worth) {
    int w = side(picture.width(), input.width() * storedColumns);
    int h = side(picture.height(), input.height() * storedRows);
    int stepRight = step(storedColumns);
    int stepDown = step(storedRows);
    double[] sums = sums(worth);
    int lastLeft = picture.width() - w & ~1;
    int lastTop = picture.height() - h & ~1;
    Region best = new Region(0, 0, w, h);
    double most = -1;
    for (int top = 0; top < lastTop + stepDown; top += stepDown) {
      for (int left = 0; left < lastLeft + stepRight; left += stepRight) {
        Region region = new Region(Math.min(left, lastLeft), Math.min(top, lastTop), w, h);
        Cells c = inner(region);
        int stride = columns + 1;
        double sum =
            sums[c.bottom() * stride + c.right()]
                - sums[c.top() * stride + c.right()]
                - sums[c.bottom() * stride + c.left()]
                + sums[c.top() * stride + c.left()];
        if (sum > most) {
          most = sum;
          best = region;
        }
      }
    }
    return best;
  }

  /**
   * Returns how many stored pixels of a picture's side fill an input's side with square ones: an
   * even number, as places are even and the last one is to reach the picture's edge.
   */
  private static int side(int whole, double filling) {
    int side = (int) Math.round(filling);
    return Math.max(1, Math.min(whole, side > 1 ? side & ~1 : side));
  }

  /** Returns how many stored pixels are between two places that are tried: an even number. */
  private static int step(double perSquarePixel) {
    return Math.max(2, (int) Math.round(STEP * perSquarePixel) & ~1);
  }

  /** Of all cells above and left of each corner. */
  private double[] sums(double[] values) {
    int stride = columns + 1;
    double[] sums = new double[stride * (rows + 1)];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int at = (y + 1) * stride + x + 1;
        sums[at] =
            values[y * columns + x] + sums[at - 1] + sums[at - stride] - sums[at - stride - 1];
      }
    }
    return sums;
  }

  /** From left and top to before right and bottom. */
  private record Cells(int left, int top, int right, int bottom) {}

  /** The cells whose centres are well within a region. */
  private Cells inner(Region region) {
    boolean toRight = region.right() >= picture.width() - 1;
    boolean toBottom = region.bottom() >= picture.height() - 1;
    int left = first(region.left() == 0 ? 0 : region.left() / storedColumns + MARGIN);
    int top = first(region.top() == 0 ? 0 : region.top() / storedRows + MARGIN);
    int right = toRight ? columns : first(region.right() / storedColumns - MARGIN);
    int bottom = toBottom ? rows : first(region.bottom() / storedRows - MARGIN);
    return new Cells(left, top, Math.max(left, right), Math.max(top, bottom));
  }

  /** The first cell whose centre is not before a place. */
  private static int first(double pixel) {
    return (int) Math.ceil((pixel - CELL / 2.0) / CELL);
  }

  private void forEachInner(Region region, IntConsumer action) {
    Cells cells = inner(region);
    for (int y = cells.top(); y < cells.bottom(); y++) {
      for (int x = cells.left(); x < cells.right(); x++) {
        action.accept(y * columns + x);
      }
    }
  }

  private Box box(int cell) {
    int x = cell % columns;
    int y = cell / columns;
    return new Box(
        (float) x * CELL / width,
        (float) y * CELL / height,
        Math.min(1, (float) (x + 1) * CELL / width),
        Math.min(1, (float) (y + 1) * CELL / height));
  }

  private static int clamp(int index, int count) {
    return Math.max(0, Math.min(count - 1, index));
  }

  private void resize(PictureGeometry shown) {
    if (shown.equals(picture)) {
      return;
    }
    picture = shown;
    width = shown.displayWidth();
    height = shown.displayHeight();
    storedColumns = shown.columns();
    storedRows = shown.rows();
    columns = (width + CELL - 1) / CELL;
    rows = (height + CELL - 1) / CELL;
    explained = new boolean[columns * rows];
    small = new double[columns * rows];
    newest = new double[columns * rows];
    lookedAt = new long[columns * rows];
    Arrays.fill(lookedAt, Long.MIN_VALUE / 2);
    far = new boolean[columns * rows];
    for (int cell = 0; cell < far.length; cell++) {
      Box box = box(cell);
      far[cell] = zones.contain((box.left() + box.right()) / 2, (box.top() + box.bottom()) / 2);
    }
  }
}
