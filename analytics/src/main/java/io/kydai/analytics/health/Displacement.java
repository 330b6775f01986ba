package io.kydai.analytics.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a view has moved on the picture.
 *
 * @param right share of the picture's width; what was in the middle is so far to the right of it
 * @param down share of the height
 * @param degrees clockwise
 * @param likeness of the views when moved back, as {@link EdgeField#likeness}
 */
record Displacement(double right, double down, double degrees, double likeness) {
  private static final int MOST_RIGHT = EdgeField.WIDTH / 3;
  private static final int MOST_DOWN = EdgeField.HEIGHT / 3;
  private static final int MOST_DEGREES = 20;
  private static final int DEGREES = 4;

  /**
   * The likeliest: up to a third of the picture either way, and {@value #MOST_DEGREES} degrees.
   *
   * @param turned is overwritten
   */
  static Displacement between(EdgeField usual, EdgeField recent, EdgeField turned) {
    Displacement best = new Displacement(0, 0, 0, -1);
    for (int degrees = -MOST_DEGREES; degrees <= MOST_DEGREES; degrees += DEGREES) {
      turned.turn(usual, degrees);
      int bestX = 0;
      int bestY = 0;
      double most = -1;
      for (int y = -MOST_DOWN; y <= MOST_DOWN; y += 2) {
        for (int x = -MOST_RIGHT; x <= MOST_RIGHT; x += 2) {
          double likeness = recent.likeness(turned, x, y);
          if (likeness > most) {
            most = likeness;
            bestX = x;
            bestY = y;
          }
        }
      }
      best = nearby(recent, turned, bestX, bestY, degrees, best);
    }
    return best;
  }

  /** Every second place was tried: the best may be beside the best of these. */
  private static Displacement nearby(
      EdgeField recent, EdgeField turned, int x, int y, double degrees, Displacement best) {
    Displacement better = best;
    for (int down = y - 1; down <= y + 1; down++) {
      for (int right = x - 1; right <= x + 1; right++) {
        double likeness = recent.likeness(turned, right, down);
        if (likeness > better.likeness()) {
          better =
              new Displacement(
                  right / (double) EdgeField.WIDTH,
                  down / (double) EdgeField.HEIGHT,
                  degrees,
                  likeness);
        }
      }
    }
    return better;
  }

  /** Returns whether it is more than swaying in the wind. */
  boolean far() {
    return Math.abs(right) * EdgeField.WIDTH > 1
        || Math.abs(down) * EdgeField.HEIGHT > 1
        || degrees != 0;
  }

  /** Such as "12 % to the right, 5 % down, turned by 8° clockwise". */
  String words() {
    List<String> words = new ArrayList<>();
    if (right != 0) {
      words.add(percent(right) + (right > 0 ? "to the right" : "to the left"));
    }
    if (down != 0) {
      words.add(percent(down) + (down > 0 ? "down" : "up"));
    }
    if (degrees != 0) {
      String way = degrees > 0 ? "clockwise" : "anticlockwise";
      words.add("turned by " + (int) Math.abs(degrees) + "° " + way);
    }
    return String.join(", ", words);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %% ", 100 * Math.abs(share));
  }
}
