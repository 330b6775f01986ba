package io.kydai.analytics.signals;

import static io.kydai.analytics.signals.HeadColours.AMBER;
import static io.kydai.analytics.signals.HeadColours.GREEN;
import static io.kydai.analytics.signals.HeadColours.RED;

/**
 * Which lamp is lit on one picture, by place and colour. Place weighs more: a red lamp that is too
 * bright for the camera is yellow with a white middle, as an amber one is; a green one is never
 * warm. So the upper third may show any warm colour, the middle one any but a pure red, the lower
 * one only green. The brightest third must be clearly brighter than each other, so that two lamps,
 * a vehicle before the head, or a zone that is half a lamp off, are reported as unclear; the digits
 * of a countdown beside the lamps are not enough for that.
 */
final class Lamps {
  /** Coloured so much of a third (as the mean of its pixels) is lit. */
  private static final double LIT = 0.03;

  private static final double CLEARLY = 1.6;
  private static final double NEARLY_ALL = 0.8;

  /** Beyond this, from 0 at the head's top to 1, what is amber is the amber lamp, not the red. */
  private static final double RED_ENDS = 0.28;

  private Lamps() {}

  /**
   * @param amounts of {@link HeadColours#amounts}, possibly without what stands still
   */
  static LampReading read(double[] amounts, double[] whites, double amberCentre) {
    double[] light = new double[3];
    int brightest = 0;
    for (int i = 0; i < 3; i++) {
      light[i] = colour(amounts, i);
      // A white middle belongs to a coloured rim; white alone is the sky, or sun on a visor.
      light[i] += light[i] >= LIT ? whites[i] : 0;
      brightest = light[i] > light[brightest] ? i : brightest;
    }
    if (light[brightest] < LIT) {
      return LampReading.DARK;
    }
    for (int i = 0; i < 3; i++) {
      if (i != brightest && light[i] * CLEARLY > light[brightest]) {
        return LampReading.SEVERAL;
      }
    }
    double all = colour(amounts, brightest);
    double red = amounts[brightest * 3 + RED] / all;
    double warm = red + amounts[brightest * 3 + AMBER] / all;
    double green = amounts[brightest * 3 + GREEN] / all;
    return switch (brightest) {
      case 0 ->
          warm >= NEARLY_ALL && (red >= 0.5 || amberCentre <= RED_ENDS)
              ? LampReading.RED
              : LampReading.MISPLACED;
      case 1 -> warm >= NEARLY_ALL && red < 0.6 ? LampReading.AMBER : LampReading.MISPLACED;
      default -> green >= NEARLY_ALL ? LampReading.GREEN : LampReading.MISPLACED;
    };
  }

  private static double colour(double[] amounts, int third) {
    return Math.max(0, amounts[third * 3])
        + Math.max(0, amounts[third * 3 + 1])
        + Math.max(0, amounts[third * 3 + 2]);
  }
}
