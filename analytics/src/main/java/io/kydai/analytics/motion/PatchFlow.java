package io.kydai.analytics.motion;

/**
 * The optical flow between two small grey pictures of one size: for each patch of the newer one,
 * how far its content has moved since the other. Patches are aligned from the coarsest level of a
 * pyramid to the finest by the inverse compositional method (Baker and Matthews, "Lucas-Kanade 20
 * Years On", IJCV 2004), each from the best of its coarser neighbours; this is the patch search of
 * "Fast Optical Flow using Dense Inverse Search" (Kroeger et al., ECCV 2016) without its
 * variational refinement. What is brighter in a patch as a whole is taken off, so changes of light
 * do not count.
 *
 * <p>A patch without texture in both directions, and one whose content is nowhere to be found, has
 * no motion that is known. Not thread-safe.
 *
 * <p>Bound: two pyramids of the picture's samples, 12 bytes each, and a vector for each patch.
 * Found are ways up to some {@value #PATCH} samples of the coarsest level.
 */
final class PatchFlow {
  /** The side of a patch in samples. */
  static final int PATCH = 8;

  private static final int AREA = PATCH * PATCH;
  private static final int MOST_LEVELS = 3;
  private static final int ITERATIONS = 5;
  private static final double ENOUGH = 0.02; // samples: a step that is smaller ends the search
  // Mean squared differences, brightness 0 to 255.
  private static final double SAME = 1; // noise of a sample, which is the mean of eight pixels
  private static final double ALIKE = 12;
  private static final double BETTER = 0.35; // of the difference without motion
  private static final double LEAST_TEXTURE = 6; // of the weaker direction, per sample

  private final int step;
  private final int levels;
  private final int[] columns;
  private final int[] rows;
  private final int[] across;
  private final int[] down;
  private float[][] reference;
  private float[][] newest;
  private final float[][] gradientX;
  private final float[][] gradientY;
  private final float[][] dx;
  private final float[][] dy;
  private final boolean[] known;
  private double errorX;
  private double errorY;

  /**
   * @param columns samples beside each other, at least {@value #PATCH} + 1
   * @param rows samples below each other, at least {@value #PATCH} + 1
   * @param step samples from one patch to the next
   */
  PatchFlow(int columns, int rows, int step) {
    if (Math.min(columns, rows) <= PATCH || step < 1) {
      throw new IllegalArgumentException(columns + "x" + rows + " samples, step " + step);
    }
    this.step = step;
    int count = 1;
    while (count < MOST_LEVELS && Math.min(columns, rows) >> count >= 2 * PATCH) {
      count++;
    }
    this.levels = count;
    this.columns = new int[levels];
    this.rows = new int[levels];
    this.across = new int[levels];
    this.down = new int[levels];
    this.reference = new float[levels][];
    this.newest = new float[levels][];
    this.gradientX = new float[levels][];
    this.gradientY = new float[levels][];
    this.dx = new float[levels][];
    this.dy = new float[levels][];
    for (int l = 0; l < levels; l++) {
      this.columns[l] = columns >> l;
      this.rows[l] = rows >> l;
      int samples = this.columns[l] * this.rows[l];
      this.across[l] = (this.columns[l] - PATCH - 1) / step + 1;
      this.down[l] = (this.rows[l] - PATCH - 1) / step + 1;
      reference[l] = new float[samples];
      newest[l] = new float[samples];
      gradientX[l] = new float[samples];
      gradientY[l] = new float[samples];
      dx[l] = new float[across[l] * down[l]];
      dy[l] = new float[across[l] * down[l]];
    }
    this.known = new boolean[across[0] * down[0]];
  }

  /** The number of patches beside each other; the first begins at the left edge. */
  int across() {
    return across[0];
  }

  /** The number of patches below each other. */
  int down() {
    return down[0];
  }

  /** Returns whether the motion of a patch is known. */
  boolean known(int column, int row) {
    return known[row * across[0] + column];
  }

  /** Returns how far the content of a patch moved to the right since the reference, in samples. */
  float dx(int column, int row) {
    return dx[0][row * across[0] + column];
  }

  /** Returns how far the content of a patch moved down since the reference, in samples. */
  float dy(int column, int row) {
    return dy[0][row * across[0] + column];
  }

  /**
   * Sets the picture since which motion is measured.
   *
   * @param samples row by row, {@link Grey#TAPS} times the brightness
   */
  void reference(int[] samples) {
    fill(reference, samples);
  }

  /** Makes the picture that was compared last the reference. */
  void advance() {
    float[][] last = reference;
    reference = newest;
    newest = last;
  }

  /**
   * Finds the motion of each patch of a picture.
   *
   * @param samples as in {@link #reference}
   */
  void compare(int[] samples) {
    fill(newest, samples);
    for (int level = levels - 1; level >= 0; level--) {
      gradients(level);
      for (int row = 0; row < down[level]; row++) {
        for (int column = 0; column < across[level]; column++) {
          align(level, column, row);
        }
      }
    }
  }

  private void fill(float[][] pyramid, int[] samples) {
    float[] finest = pyramid[0];
    for (int i = 0; i < finest.length; i++) {
      finest[i] = samples[i] * (1f / Grey.TAPS);
    }
    for (int l = 1; l < levels; l++) {
      float[] from = pyramid[l - 1];
      int width = columns[l - 1];
      for (int y = 0, i = 0; y < rows[l]; y++) {
        for (int x = 0; x < columns[l]; x++, i++) {
          int at = 2 * y * width + 2 * x;
          pyramid[l][i] = (from[at] + from[at + 1] + from[at + width] + from[at + width + 1]) / 4;
        }
      }
    }
  }

  private void gradients(int level) {
    float[] of = newest[level];
    int width = columns[level];
    int height = rows[level];
    for (int y = 0, i = 0; y < height; y++) {
      int above = y == 0 ? 0 : width;
      int below = y == height - 1 ? 0 : width;
      for (int x = 0; x < width; x++, i++) {
        int before = x == 0 ? 0 : 1;
        int after = x == width - 1 ? 0 : 1;
        gradientX[level][i] = (of[i + after] - of[i - before]) / 2;
        gradientY[level][i] = (of[i + below] - of[i - above]) / 2;
      }
    }
  }

  /** Finds the motion of one patch: the vector leads from it to where it was. */
  private void align(int level, int column, int row) {
    int left = column * step;
    int top = row * step;
    int patch = row * across[level] + column;
    dx[level][patch] = 0;
    dy[level][patch] = 0;
    if (level == 0) {
      known[patch] = false;
    }
    float[] gx = gradientX[level];
    float[] gy = gradientY[level];
    double sumX = 0;
    double sumY = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int y = 0; y < PATCH; y++) {
      int at = (top + y) * columns[level] + left;
      for (int x = 0; x < PATCH; x++, at++) {
        sumX += gx[at];
        sumY += gy[at];
        xx += gx[at] * gx[at];
        xy += gx[at] * gy[at];
        yy += gy[at] * gy[at];
      }
    }
    xx -= sumX * sumX / AREA;
    xy -= sumX * sumY / AREA;
    yy -= sumY * sumY / AREA;
    double weaker = (xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy);
    if (weaker < LEAST_TEXTURE * AREA) {
      if (level > 0) {
        inherit(level, column, row, patch);
      }
      return;
    }
    double still = difference(level, left, top, 0, 0);
    if (still < SAME) {
      if (level == 0) {
        known[patch] = true;
      }
      return;
    }
    search(level, column, row, still, new double[] {xx, xy, yy, sumX / AREA, sumY / AREA});
  }

  /** A patch without texture takes what the level above has there: it leads its neighbours on. */
  private void inherit(int level, int column, int row, int patch) {
    if (level + 1 < levels) {
      int coarser = coarser(level, column, row);
      dx[level][patch] = 2 * dx[level + 1][coarser];
      dy[level][patch] = 2 * dy[level + 1][coarser];
    }
  }

  private int coarser(int level, int column, int row) {
    int x = Math.min(across[level + 1] - 1, (column + 1) / 2);
    int y = Math.min(down[level + 1] - 1, (row + 1) / 2);
    return y * across[level + 1] + x;
  }

  private void search(int level, int column, int row, double still, double[] texture) {
    int left = column * step;
    int top = row * step;
    double bestX = 0;
    double bestY = 0;
    double best = still;
    if (level + 1 < levels) {
      int middleX = Math.min(across[level + 1] - 1, (column + 1) / 2);
      int middleY = Math.min(down[level + 1] - 1, (row + 1) / 2);
      for (int y = Math.max(0, middleY - 1); y <= Math.min(down[level + 1] - 1, middleY + 1); y++) {
        for (int x = Math.max(0, middleX - 1);
            x <= Math.min(across[level + 1] - 1, middleX + 1);
            x++) {
          int neighbour = y * across[level + 1] + x;
          double fromX = -2 * dx[level + 1][neighbour];
          double fromY = -2 * dy[level + 1][neighbour];
          if (Math.abs(fromX - bestX) + Math.abs(fromY - bestY) > 0.25) {
            double difference = difference(level, left, top, fromX, fromY);
            if (difference < best) {
              best = difference;
              bestX = fromX;
              bestY = fromY;
            }
          }
        }
      }
    }
    double x = bestX;
    double y = bestY;
    double determinant = texture[0] * texture[2] - texture[1] * texture[1];
    for (int i = 0; i < ITERATIONS; i++) {
      descend(level, left, top, x, y, texture);
      double stepX = (texture[2] * errorX - texture[1] * errorY) / determinant;
      double stepY = (texture[0] * errorY - texture[1] * errorX) / determinant;
      x -= stepX;
      y -= stepY;
      if (Math.hypot(x - bestX, y - bestY) > PATCH) {
        return;
      }
      if (Math.hypot(stepX, stepY) < ENOUGH) {
        break;
      }
    }
    double found = difference(level, left, top, x, y);
    if (found > best) {
      x = bestX;
      y = bestY;
      found = best;
    }
    int patch = row * across[level] + column;
    if (found < ALIKE || found < BETTER * still) {
      dx[level][patch] = (float) -x;
      dy[level][patch] = (float) -y;
      if (level == 0) {
        known[patch] = inside(level, left, top, x, y);
      }
    }
  }

  private boolean inside(int level, int left, int top, double x, double y) {
    return left + x >= 0
        && top + y >= 0
        && left + x + PATCH < columns[level]
        && top + y + PATCH < rows[level];
  }

  /** The mean squared difference of a patch and the reference there, without that of brightness. */
  private double difference(int level, int left, int top, double x, double y) {
    float[] to = newest[level];
    float[] from = reference[level];
    int width = columns[level];
    double fromX = Math.max(0, Math.min(width - PATCH - 1, left + x));
    double fromY = Math.max(0, Math.min(rows[level] - PATCH - 1, top + y));
    int baseX = (int) fromX;
    int baseY = (int) fromY;
    float right = (float) (fromX - baseX);
    float lower = (float) (fromY - baseY);
    float a = (1 - right) * (1 - lower);
    float b = right * (1 - lower);
    float c = (1 - right) * lower;
    float d = right * lower;
    float sum = 0;
    float squares = 0;
    for (int j = 0; j < PATCH; j++) {
      int at = (baseY + j) * width + baseX;
      int own = (top + j) * width + left;
      for (int i = 0; i < PATCH; i++, at++, own++) {
        float error =
            a * from[at]
                + b * from[at + 1]
                + c * from[at + width]
                + d * from[at + width + 1]
                - to[own];
        sum += error;
        squares += error * error;
      }
    }
    return (squares - sum * sum / AREA) / AREA;
  }

  /** The same loop with the gradients: what the next step is solved from. */
  private void descend(int level, int left, int top, double x, double y, double[] texture) {
    float[] to = newest[level];
    float[] from = reference[level];
    float[] gx = gradientX[level];
    float[] gy = gradientY[level];
    int width = columns[level];
    double fromX = Math.max(0, Math.min(width - PATCH - 1, left + x));
    double fromY = Math.max(0, Math.min(rows[level] - PATCH - 1, top + y));
    int baseX = (int) fromX;
    int baseY = (int) fromY;
    float right = (float) (fromX - baseX);
    float lower = (float) (fromY - baseY);
    float a = (1 - right) * (1 - lower);
    float b = right * (1 - lower);
    float c = (1 - right) * lower;
    float d = right * lower;
    float sum = 0;
    float sumX = 0;
    float sumY = 0;
    for (int j = 0; j < PATCH; j++) {
      int at = (baseY + j) * width + baseX;
      int own = (top + j) * width + left;
      for (int i = 0; i < PATCH; i++, at++, own++) {
        float error =
            a * from[at]
                + b * from[at + 1]
                + c * from[at + width]
                + d * from[at + width + 1]
                - to[own];
        sum += error;
        sumX += error * gx[own];
        sumY += error * gy[own];
      }
    }
    errorX = sumX - sum * texture[3];
    errorY = sumY - sum * texture[4];
  }
}
