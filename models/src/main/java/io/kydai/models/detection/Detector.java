package io.kydai.models.detection;

import java.nio.ByteBuffer;
import java.util.List;

/** Finds objects in pictures. One thread at a time; it owns native memory until closed. */
public interface Detector extends AutoCloseable {
  /**
   * @param pixels a direct buffer of {@code height × width × 3} bytes from its position on, rows
   *     from top to bottom without padding, each pixel blue, green, red (libavutil's {@code
   *     BGR24}); it is read before the call returns, and its position stays. Whatever the letterbox
   *     leaves free is grey, 114 in each channel: networks are trained with that, and see edges
   *     where it is black
   * @param letterbox how the camera's picture lies in those pixels
   * @return the detections at or above the model's score threshold, best first, at most {@value
   *     Suppression#MAX_KEPT}
   * @throws IllegalArgumentException when the buffer holds less than the network's input, or the
   *     letterbox is for another input
   * @throws ModelException when the network fails
   */
  List<Detection> detect(ByteBuffer pixels, Letterbox letterbox);

  @Override
  void close();
}
