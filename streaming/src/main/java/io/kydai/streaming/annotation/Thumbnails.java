package io.kydai.streaming.annotation;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.kydai.analytics.observation.Frame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Small pictures as JPEG, of at most {@value #MOST_BYTES} bytes: what is too rich for that loses
 * quality, and at last size. For any thread; nothing is kept between calls.
 */
public final class Thumbnails {
  /** No picture has more bytes. */
  public static final int MOST_BYTES = 8 * 1024;

  private static final int WIDTH = 208;
  private static final int LEAST_WIDTH = 52;
  private static final int[] QUALITIES = {75, 60, 45, 30};

  private Thumbnails() {}

  /**
   * Makes a borrowed frame small.
   *
   * @throws IllegalStateException when OpenCV fails
   */
  public static byte[] of(Frame frame) {
    for (int width = WIDTH; width >= LEAST_WIDTH; width /= 2) {
      int most = Math.min(width, frame.displayWidth());
      int height =
          Math.max(1, Math.round((float) most * frame.displayHeight() / frame.displayWidth()));
      try (AnnotatedPicture picture = new AnnotatedPicture()) {
        Mat mat = picture.fill(frame, most, height);
        for (int quality : QUALITIES) {
          byte[] jpeg = jpeg(mat, quality);
          if (jpeg.length <= MOST_BYTES) {
            return jpeg;
          }
        }
      }
    }
    throw new IllegalStateException("a picture cannot be made small enough");
  }

  private static byte[] jpeg(Mat mat, int quality) {
    try (BytePointer bytes = new BytePointer();
        IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
      if (!imencode(".jpg", mat, bytes, options)) {
        throw new IllegalStateException("OpenCV did not encode a JPEG");
      }
      byte[] jpeg = new byte[Math.toIntExact(bytes.limit())];
      bytes.get(jpeg);
      return jpeg;
    }
  }
}
