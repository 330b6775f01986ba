package io.kydai.analytics.health;

/**
 * The outlines in a view: a field of {@value #WIDTH} × {@value #HEIGHT} vectors, each across the
 * edge in its cell. A vector's length runs from 0 (plain) towards 1 (a clear edge), so that light
 * and contrast change it little; the mean of many pictures keeps what stands still, and loses what
 * moves, and noise.
 */
final class EdgeField {
  static final int WIDTH = 64;
  static final int HEIGHT = 36;

  private static final int FINE = GreyPicture.WIDTH / WIDTH;

  /** An edge of so many grey levels has half the length of the clearest. */
  private static final float HALF = 4;

  private final float[] right = new float[WIDTH * HEIGHT];
  private final float[] down = new float[WIDTH * HEIGHT];
  private final float[] means = new float[WIDTH * HEIGHT];
  private double contrast;

  /** Takes the outlines of a picture. */
  void read(GreyPicture picture) {
    average(picture);
    double sum = 0;
    for (int y = 1; y < HEIGHT - 1; y++) {
      for (int at = y * WIDTH + 1; at < (y + 1) * WIDTH - 1; at++) {
        float dx = (means[at + 1] - means[at - 1]) / 2;
        float dy = (means[at + WIDTH] - means[at - WIDTH]) / 2;
        float length = (float) Math.sqrt(dx * dx + dy * dy);
        sum += length;
        right[at] = dx / (length + HALF);
        down[at] = dy / (length + HALF);
      }
    }
    contrast = sum / ((WIDTH - 2) * (HEIGHT - 2));
  }

  private void average(GreyPicture picture) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int sum = 0;
        for (int line = 0; line < FINE; line++) {
          int at = (y * FINE + line) * GreyPicture.WIDTH + x * FINE;
          for (int i = 0; i < FINE; i++) {
            sum += picture.cell(at + i);
          }
        }
        means[y * WIDTH + x] = sum / (float) (FINE * FINE * GreyPicture.UNIT);
      }
    }
  }

  /** The mean difference over a cell, in grey levels, of the picture read last. */
  double contrast() {
    return contrast;
  }

  /** Goes towards newer outlines by a share of 0 to 1. */
  void approach(EdgeField newer, double share) {
    float part = (float) share;
    for (int i = 0; i < right.length; i++) {
      right[i] += (newer.right[i] - right[i]) * part;
      down[i] += (newer.down[i] - down[i]) * part;
    }
  }

  /** How much there is to recognise: the mean square of the lengths, 0 to 1. */
  double clarity() {
    double sum = 0;
    for (int i = 0; i < right.length; i++) {
      sum += right[i] * right[i] + down[i] * down[i];
    }
    return sum / right.length;
  }

  /**
   * How much these are others, moved by so many cells: 1 the same, 0 nothing in common, as their
   * normalised correlation over what both show.
   */
  double likeness(EdgeField others, int moveRight, int moveDown) {
    double both = 0;
    double mine = 0;
    double theirs = 0;
    int fromX = Math.max(0, moveRight);
    int toX = WIDTH + Math.min(0, moveRight);
    for (int y = Math.max(0, moveDown); y < HEIGHT + Math.min(0, moveDown); y++) {
      int shift = moveDown * WIDTH + moveRight;
      for (int at = y * WIDTH + fromX; at < y * WIDTH + toX; at++) {
        float dx = right[at];
        float dy = down[at];
        float ox = others.right[at - shift];
        float oy = others.down[at - shift];
        both += dx * ox + dy * oy;
        mine += dx * dx + dy * dy;
        theirs += ox * ox + oy * oy;
      }
    }
    double scale = Math.sqrt(mine * theirs);
    return scale < 1e-6 ? 0 : both / scale;
  }

  /** The same where a camera may sway by one cell. */
  double likeness(EdgeField others) {
    double best = -1;
    for (int y = -1; y <= 1; y++) {
      for (int x = -1; x <= 1; x++) {
        best = Math.max(best, likeness(others, x, y));
      }
    }
    return best;
  }

  /** Becomes others, turned clockwise about the middle; what was not seen is plain. */
  void turn(EdgeField others, double degrees) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    // A cell is as wide as it is high where the picture is 16:9, as most are.
    double middleX = (WIDTH - 1) / 2.0;
    double middleY = (HEIGHT - 1) / 2.0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double dx = x - middleX;
        double dy = y - middleY;
        int fromX = (int) Math.round(middleX + dx * cos + dy * sin);
        int fromY = (int) Math.round(middleY - dx * sin + dy * cos);
        boolean seen = fromX >= 0 && fromX < WIDTH && fromY >= 0 && fromY < HEIGHT;
        int from = seen ? fromY * WIDTH + fromX : 0;
        float ox = seen ? others.right[from] : 0;
        float oy = seen ? others.down[from] : 0;
        right[y * WIDTH + x] = (float) (ox * cos - oy * sin);
        down[y * WIDTH + x] = (float) (ox * sin + oy * cos);
      }
    }
  }
}
