package io.kydai.analytics.health;

import java.util.Locale;

/**
 * How far a view has moved on the picture, and how sure that is.
 *
 * @param right share of the picture's width; what was in the middle is so far to the right of it
 * @param down share of the height
 * @param likeness of the views when moved back, as {@link Outlines#likeness}
 */
record Displacement(double right, double down, double likeness) {
  private static final int MOST_RIGHT = Outlines.WIDTH / 3;
  private static final int MOST_DOWN = Outlines.HEIGHT / 3;

  /** The likeliest, of all up to a third of the picture either way: some 10 ms of work. */
  static Displacement between(Outlines usual, Outlines recent) {
    int bestX = 0;
    int bestY = 0;
    double best = -1;
    for (int y = -MOST_DOWN; y <= MOST_DOWN; y++) {
      for (int x = -MOST_RIGHT; x <= MOST_RIGHT; x++) {
        double likeness = recent.likeness(usual, x, y);
        if (likeness > best) {
          best = likeness;
          bestX = x;
          bestY = y;
        }
      }
    }
    return new Displacement(
        bestX / (double) Outlines.WIDTH, bestY / (double) Outlines.HEIGHT, best);
  }

  /** Such as "moved 12 % to the right and 5 % down". */
  String words() {
    StringBuilder words = new StringBuilder("moved");
    if (right != 0) {
      words.append(percent(right)).append(right > 0 ? "to the right" : "to the left");
    }
    if (down != 0) {
      words.append(right == 0 ? "" : " and");
      words.append(percent(down)).append(down > 0 ? "down" : "up");
    }
    return words.toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, " %.0f %% ", 100 * Math.abs(share));
  }
}
