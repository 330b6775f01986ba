package io.kydai.analytics.plates;

import io.kydai.models.Box;
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

  /** Whether a text is where this vehicle, and no other, may have its plate. */
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
