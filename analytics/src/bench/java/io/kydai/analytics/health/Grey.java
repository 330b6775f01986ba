package io.kydai.analytics.health;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** A picture's luma, a byte for each pixel, and what can be done to it. */
record Grey(int width, int height, byte[] pixels) {
  /** What each pixel becomes. */
  interface Change {
    int at(int x, int y, int value);
  }

  /** The same for the same pixels. */
  long seed() {
    return Arrays.hashCode(pixels);
  }

  int at(int x, int y) {
    return pixels[y * width + x] & 255;
  }

  /** The nearest pixel, where a place lies outside. */
  int near(int x, int y) {
    return at(Math.max(0, Math.min(width - 1, x)), Math.max(0, Math.min(height - 1, y)));
  }

  Grey change(Change change) {
    byte[] changed = new byte[pixels.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int value = change.at(x, y, at(x, y));
        changed[y * width + x] = (byte) Math.max(0, Math.min(255, value));
      }
    }
    return new Grey(width, height, changed);
  }

  Grey curve(IntUnaryOperator curve) {
    return change((x, y, value) -> curve.applyAsInt(value));
  }

  /** Three box filters one after the other, which is nearly a Gaussian of about the radius. */
  Grey blur(int radius) {
    Grey blurred = this;
    for (int pass = 0; pass < 3; pass++) {
      blurred = blurred.box(radius, true).box(radius, false);
    }
    return blurred;
  }

  private Grey box(int radius, boolean across) {
    byte[] out = new byte[pixels.length];
    int lines = across ? height : width;
    int length = across ? width : height;
    for (int line = 0; line < lines; line++) {
      int sum = 0;
      for (int i = -radius; i <= radius; i++) {
        sum += across ? near(i, line) : near(line, i);
      }
      for (int i = 0; i < length; i++) {
        out[across ? line * width + i : i * width + line] = (byte) (sum / (2 * radius + 1));
        int in = i + radius + 1;
        int gone = i - radius;
        sum += across ? near(in, line) - near(gone, line) : near(line, in) - near(line, gone);
      }
    }
    return new Grey(width, height, out);
  }

  /** The view turned aside: moved, and what comes in is the view's mirror image. */
  Grey shift(double right, double down) {
    int dx = (int) (right * width);
    int dy = (int) (down * height);
    return change((x, y, value) -> at(mirrored(x - dx, width), mirrored(y - dy, height)));
  }

  Grey rotate(double degrees) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    return change(
        (x, y, value) -> {
          double dx = x - width / 2.0;
          double dy = y - height / 2.0;
          return at(
              mirrored((int) Math.round(width / 2.0 + dx * cos - dy * sin), width),
              mirrored((int) Math.round(height / 2.0 + dx * sin + dy * cos), height));
        });
  }

  private static int mirrored(int at, int size) {
    int place = Math.floorMod(at, 2 * size);
    return place < size ? place : 2 * size - 1 - place;
  }

  Grey noise(double level, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // How many of 64 coins fall heads is normal enough: 32, give or take 4.
    return curve(
        value -> value + (int) Math.round(level * (Long.bitCount(random.nextLong()) - 32) / 4));
  }

  /** Streaks that are elsewhere on each picture. */
  Grey rain(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Grey rainy = new Grey(width, height, pixels.clone());
    for (int drop = 0; drop < 150; drop++) {
      int x = random.nextInt(width);
      int y = random.nextInt(height - 12);
      for (int i = 0; i < 12; i++) {
        int at = (y + i) * width + x;
        rainy.pixels[at] = (byte) Math.min(255, (rainy.pixels[at] & 255) + 60);
      }
    }
    return rainy;
  }

  /** Halved until it is no wider than 480. */
  Grey small() {
    if (width <= 480) {
      return this;
    }
    Grey half = new Grey(width / 2, height / 2, new byte[width / 2 * (height / 2)]);
    return half.change(
            (x, y, value) ->
                (at(2 * x, 2 * y)
                        + at(2 * x + 1, 2 * y)
                        + at(2 * x, 2 * y + 1)
                        + at(2 * x + 1, 2 * y + 1)
                        + 2)
                    / 4)
        .small();
  }

  Grey fit(int newWidth, int newHeight) {
    return new Grey(newWidth, newHeight, new byte[newWidth * newHeight])
        .change((x, y, value) -> at(x * width / newWidth, y * height / newHeight));
  }

  /** A hand's breadth before the lens: out of focus, darkish, hardly any texture, some noise. */
  Grey hand(long seed) {
    return change(
            (x, y, value) ->
                (int)
                    (70
                        + 25 * Math.sin(3.0 * x / width + 0.5)
                        + 18 * Math.cos(4.0 * y / height + 2.0 * x / width)))
        .noise(1, seed);
  }
}
