package io.kydai.analytics.alert;

/**
 * The picture on which a plate was read best, cut out around it.
 *
 * @param track whose plate it is
 * @param bgr {@code height × width × 3} bytes, rows from top to bottom, each pixel blue, green,
 *     red; not changed any more
 */
public record PlatePicture(long track, int width, int height, byte[] bgr) {
  public PlatePicture {
    if (width < 1 || height < 1 || bgr.length != 3 * width * height) {
      throw new IllegalArgumentException(
          bgr.length + " bytes are no picture of " + width + "x" + height);
    }
  }
}
