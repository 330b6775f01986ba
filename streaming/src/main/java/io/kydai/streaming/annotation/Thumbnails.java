package io.kydai.streaming.annotation;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.kydai.analytics.observation.Frame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

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
    try (AnnotatedPicture picture = new AnnotatedPicture()) {
      return of(
          frame.displayWidth(),
          frame.displayHeight(),
          (width, height) -> picture.fill(frame, width, height));
    }
  }

  /**
   * Makes a picture small.
   *
   * @throws IllegalArgumentException when it cannot be decoded
   * @throws IllegalStateException when OpenCV fails
   */
  public static byte[] of(byte[] jpeg) {
    try (BytePointer bytes = new BytePointer(jpeg);
        Mat coded = new Mat(1, jpeg.length, opencv_core.CV_8UC1, bytes);
        Mat whole = imdecode(coded, IMREAD_COLOR);
        Mat small = new Mat()) {
      if (whole.empty()) {
        throw new IllegalArgumentException("not a picture that can be decoded");
      }
      return of(
          whole.cols(),
          whole.rows(),
          (width, height) -> {
            try (Size size = new Size(width, height)) {
              resize(whole, small, size, 0, 0, INTER_AREA);
            }
            return small;
          });
    }
  }

  /** Makes a picture of a size in pixels, which its owner closes. */
  @FunctionalInterface
  private interface Scaling {
    Mat to(int width, int height);
  }

  private static byte[] of(int wide, int high, Scaling scaling) {
    for (int width = WIDTH; width >= LEAST_WIDTH; width /= 2) {
      int most = Math.min(width, wide);
      Mat mat = scaling.to(most, Math.max(1, Math.round((float) most * high / wide)));
      for (int quality : QUALITIES) {
        byte[] jpeg = jpeg(mat, quality);
        if (jpeg.length <= MOST_BYTES) {
          return jpeg;
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
