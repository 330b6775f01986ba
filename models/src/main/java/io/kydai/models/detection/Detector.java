package io.kydai.models.detection;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Finds objects in pictures. A detector may be used by one thread at a time, and owns native memory
 * until it is closed.
 */
public interface Detector extends AutoCloseable {
  /**
   * Runs the network on one picture.
   *
   * @param pixels a direct buffer of {@code height × width × 3} bytes from its position on, rows
   *     from top to bottom without padding, each pixel blue, green, red (libavutil's {@code
   *     BGR24}); it is read before the call returns, and its position does not change. Pixels
   *     outside the letterbox must be grey, 114 in each channel: networks are trained with that
   *     padding, and detect edges where it is black
   * @param letterbox the place of the camera's picture in those pixels
   * @return the detections at or above the model's score threshold, sorted by descending score, at
   *     most {@value Suppression#MAX_KEPT}
   * @throws IllegalArgumentException when the buffer holds fewer bytes than the network's input, or
   *     the letterbox is for another input size
   * @throws ModelException when the network fails
   */
  List<Detection> detect(ByteBuffer pixels, Letterbox letterbox);

  @Override
  void close();
}
