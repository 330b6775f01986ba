package io.kydai.analytics.regions;

import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import io.kydai.models.detection.InputSize;

/**
 * The size of a camera's picture and the shape of its pixels. Regions are cut from stored pixels;
 * objects have their true proportions, as networks and the tracker see them, in square pixels only.
 *
 * @param width in stored pixels
 * @param height in stored pixels
 * @param pixelAspect how wide a stored pixel is shown
 */
public record PictureGeometry(int width, int height, PixelAspectRatio pixelAspect) {
  /** Returns the geometry of a frame's picture. */
  public static PictureGeometry of(Frame frame) {
    return new PictureGeometry(frame.width(), frame.height(), frame.pixelAspect());
  }

  /** Returns the picture's width in square pixels. */
  int displayWidth() {
    return pixelAspect.displayWidth(width, height);
  }

  /** Returns the picture's height in square pixels. */
  int displayHeight() {
    return pixelAspect.displayHeight(width, height);
  }

  /** Returns the stored columns for one square pixel's width. */
  double columns() {
    return (double) width / displayWidth();
  }

  /** Returns the stored rows for one square pixel's height. */
  double rows() {
    return (double) height / displayHeight();
  }

  /** Returns how many pixels of an input one square pixel's side has, as the whole fits into it. */
  double scale(InputSize input) {
    return Math.min(
        (double) input.width() / displayWidth(), (double) input.height() / displayHeight());
  }
}
