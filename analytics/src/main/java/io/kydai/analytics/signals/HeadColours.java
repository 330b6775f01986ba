package io.kydai.analytics.signals;

import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Zone;
import io.kydai.models.detection.Box;
import java.util.Arrays;

/**
 * How much coloured light there is in each third of a signal head: the places of its red, amber and
 * green lamp, from the top to the bottom of a zone that is higher than wide, from the left to the
 * right of another.
 *
 * <p>A pixel counts as far as it is coloured (the distance between its largest and its smallest of
 * red, green and blue): a lamp's glass, or the rim of one that is so bright that its middle is
 * white. Sunlit visors, white skies and grey housings do not count. At most {@value #MOST} pixels
 * are looked at; of a larger zone every second, or every third, each way.
 */
final class HeadColours {
  /** Kinds of hue. */
  static final int RED = 0;

  static final int AMBER = 1;
  static final int GREEN = 2;

  private static final int MOST = 4096;
  private static final int FEWEST = 24;
  private static final int COLOURED = 48;
  private static final int BRIGHT = 80;
  private static final int WHITE = 235;

  private final Zone zone;
  private int width;
  private int height;
  private int[] places = {};
  private float[] along = {};
  private final int[] sizes = new int[3];
  private final double[] amounts = new double[9];
  private final double[] whites = new double[3];
  private double amberCentre;

  HeadColours(Zone zone) {
    this.zone = zone;
  }

  /**
   * @return whether there are enough pixels
   */
  boolean look(PictureColours picture, int pictureWidth, int pictureHeight) {
    prepare(pictureWidth, pictureHeight);
    if (Math.min(sizes[0], Math.min(sizes[1], sizes[2])) * 3 < FEWEST) {
      return false;
    }
    Arrays.fill(amounts, 0);
    Arrays.fill(whites, 0);
    double amber = 0;
    double moment = 0;
    for (int i = 0; i < places.length; i++) {
      int rgb = picture.rgb(places[i] % width, places[i] / width);
      int third = third(along[i]);
      int r = rgb >> 16;
      int g = rgb >> 8 & 255;
      int b = rgb & 255;
      int most = Math.max(r, Math.max(g, b));
      int colour = most - Math.min(r, Math.min(g, b));
      if (colour >= COLOURED && most >= BRIGHT && colour * 100 >= most * 30) {
        int hue = hue(r, g, b, most, colour);
        if (hue >= 0) {
          amounts[third * 3 + hue] += colour / 255.0;
        }
        if (hue == AMBER) {
          amber += colour;
          moment += colour * along[i];
        }
      } else if (most >= WHITE) {
        whites[third] += 1;
      }
    }
    for (int i = 0; i < 9; i++) {
      amounts[i] /= sizes[i / 3];
    }
    for (int i = 0; i < 3; i++) {
      whites[i] /= sizes[i];
    }
    amberCentre = amber == 0 ? 0 : moment / amber;
    return true;
  }

  /** In degrees: 0 red, 60 yellow, 120 green. */
  private static int hue(int r, int g, int b, int most, int colour) {
    double degrees =
        most == r
            ? 60.0 * (g - b) / colour
            : most == g ? 120 + 60.0 * (b - r) / colour : 240 + 60.0 * (r - g) / colour;
    if (degrees >= -25 && degrees < 18) {
      return RED;
    }
    if (degrees >= 18 && degrees < 72) {
      return AMBER;
    }
    return degrees >= 80 && degrees < 200 ? GREEN : -1;
  }

  /** Colour of each third (0 is red's) and hue: {@code [third * 3 + hue]}, 0 to 1. */
  double[] amounts() {
    return amounts;
  }

  /** The part of a third that is white. */
  double[] whites() {
    return whites;
  }

  /** Where between the head's ends, 0 to 1, the middle of all that is amber lies. */
  double amberCentre() {
    return amberCentre;
  }

  private static int third(float place) {
    return Math.min(2, (int) (place * 3));
  }

  private void prepare(int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height) {
      return;
    }
    width = newWidth;
    height = newHeight;
    Box box = zone.bounds();
    int left = (int) (box.left() * width);
    int top = (int) (box.top() * height);
    int right = Math.min(width - 1, (int) (box.right() * width));
    int bottom = Math.min(height - 1, (int) (box.bottom() * height));
    boolean vertical = bottom - top >= right - left;
    double pixels = (right - left + 1.0) * (bottom - top + 1.0);
    int step = Math.max(1, (int) Math.ceil(Math.sqrt(pixels / MOST)));
    int[] found = new int[MOST + 2 * (right - left + bottom - top + 4)];
    float[] at = new float[found.length];
    Arrays.fill(sizes, 0);
    int count = 0;
    for (int y = top; y <= bottom; y += step) {
      for (int x = left; x <= right; x += step) {
        Point middle = new Point((x + 0.5) / width, (y + 0.5) / height);
        if (count < found.length && zone.contains(middle)) {
          float place =
              (float)
                  (vertical
                      ? (middle.y() - box.top()) / (box.bottom() - box.top())
                      : (middle.x() - box.left()) / (box.right() - box.left()));
          found[count] = y * width + x;
          at[count++] = place;
          sizes[third(place)]++;
        }
      }
    }
    places = Arrays.copyOf(found, count);
    along = Arrays.copyOf(at, count);
  }
}
