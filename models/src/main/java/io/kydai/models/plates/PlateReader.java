package io.kydai.models.plates;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads number plates. A reader may be used by one thread at a time, and owns native memory until
 * it is closed.
 */
public interface PlateReader extends AutoCloseable {
  /**
   * Reads texts that may be plates: 4 to 12 letters and digits, by descending probability, at most
   * 16.
   *
   * @param pixels {@code height × width × 3} bytes from the position on, rows from top to bottom
   *     without padding, each pixel blue, green, red: the part of a picture that shows a vehicle,
   *     or a whole picture with few vehicles; it is read before the call returns, and its position
   *     does not change
   * @param width the width in pixels, 8 to 8,192
   * @param height the height in pixels, 8 to 8,192
   * @throws IllegalArgumentException when the width or height is outside its range, or the buffer
   *     holds fewer bytes
   * @throws io.kydai.models.detection.ModelException when a network fails
   */
  List<PlateReading> read(ByteBuffer pixels, int width, int height);

  @Override
  void close();
}
