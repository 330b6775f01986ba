package io.kydai.models.plates;

import java.nio.ByteBuffer;
import java.util.List;

/** Reads plates. One thread at a time; it owns native memory until closed. */
public interface PlateReader extends AutoCloseable {
  /**
   * Reads what may be plates: texts of 4 to 12 letters and digits, the most probable first, at most
   * 16.
   *
   * @param pixels {@code height × width × 3} bytes from the position on, rows from top to bottom
   *     without padding, each pixel blue, green, red; read before the call returns, and its
   *     position stays. A vehicle's part of a picture, or a whole one with few vehicles
   * @throws IllegalArgumentException when a side has fewer than 8 or more than 8,192 pixels, or the
   *     buffer holds less
   * @throws io.kydai.models.detection.ModelException when a network fails
   */
  List<PlateReading> read(ByteBuffer pixels, int width, int height);

  @Override
  void close();
}
