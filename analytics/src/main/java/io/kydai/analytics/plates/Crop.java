package io.kydai.analytics.plates;

import io.kydai.analytics.alert.PlatePicture;
import io.kydai.models.detection.Box;
import io.kydai.models.plates.PlateReading;
import java.util.List;

/**
 * A vehicle's part of one frame, copied.
 *
 * @param bgr {@code height × width × 3} bytes
 * @param worth how well a plate on it may be read, compared with other crops of the vehicle
 * @param covered parts of it in which other vehicles stand before this one, normalised to the crop
 */
record Crop(byte[] bgr, int width, int height, long mediaTime, double worth, List<Box> covered) {
  /** Above this part of a vehicle are its windows, its load and what is written on its roof. */
  private static final float PLATES_BEGIN = 0.3f;

  /** A plate's picture has no more pixels; above that every second one is left out, and so on. */
  private static final int MAX_PIXELS = 100_000;

  /** The text with half of its size around it. */
  PlatePicture around(PlateReading reading, long track) {
    Box box = reading.box();
    int left = pixel(box.left() - box.width() / 2, width);
    int top = pixel(box.top() - box.height() / 2, height);
    int columns = Math.max(1, pixel(box.right() + box.width() / 2, width) - left);
    int rows = Math.max(1, pixel(box.bottom() + box.height() / 2, height) - top);
    int step = 1;
    while ((columns / step) * (rows / step) > MAX_PIXELS) {
      step++;
    }
    int toWidth = Math.max(1, columns / step);
    int toHeight = Math.max(1, rows / step);
    byte[] part = new byte[3 * toWidth * toHeight];
    for (int y = 0; y < toHeight; y++) {
      for (int x = 0; x < toWidth; x++) {
        int from = 3 * ((top + y * step) * width + left + x * step);
        System.arraycopy(bgr, from, part, 3 * (y * toWidth + x), 3);
      }
    }
    return new PlatePicture(track, toWidth, toHeight, part);
  }

  private static int pixel(float part, int side) {
    return Math.max(0, Math.min(side - 1, Math.round(part * side)));
  }

  /** Returns whether a text is where this vehicle, and no other, may have its plate. */
  boolean mayHavePlateAt(PlateReading reading) {
    Box box = reading.box();
    float x = (box.left() + box.right()) / 2;
    float y = (box.top() + box.bottom()) / 2;
    return y >= PLATES_BEGIN
        && covered.stream()
            .noneMatch(
                other ->
                    x >= other.left()
                        && x <= other.right()
                        && y >= other.top()
                        && y <= other.bottom());
  }
}
