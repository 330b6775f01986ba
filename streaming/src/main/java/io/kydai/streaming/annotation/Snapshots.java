package io.kydai.streaming.annotation;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.scene.Scene;
import io.kydai.models.detection.Box;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Encodes pictures as JPEG (ISO/IEC 10918-1), quality {@value #QUALITY}, with square pixels. For
 * any thread; nothing is kept between calls.
 */
public final class Snapshots {
  private static final int QUALITY = 85;

  private Snapshots() {}

  /** Encodes a borrowed frame as it is. */
  public static byte[] plain(Frame frame) {
    try (AnnotatedPicture picture = new AnnotatedPicture()) {
      return jpeg(picture.fill(frame));
    }
  }

  /**
   * Encodes a borrowed frame, made smaller where it is wider than a number of pixels.
   *
   * @param width the greatest width, in square pixels
   */
  public static byte[] scaled(Frame frame, int width) {
    int most = Math.min(width, frame.displayWidth());
    int height =
        Math.max(1, (int) Math.round((double) most * frame.displayHeight() / frame.displayWidth()));
    try (AnnotatedPicture picture = new AnnotatedPicture()) {
      return jpeg(picture.fill(frame, most, height));
    }
  }

  /** Encodes the picture of a plate as it is. */
  public static byte[] plain(PlatePicture plate) {
    try (Mat mat = new Mat(plate.height(), plate.width(), opencv_core.CV_8UC3)) {
      mat.data().put(plate.bgr());
      return jpeg(mat);
    }
  }

  /** Encodes a borrowed frame with its scene and an observation drawn on it. */
  public static byte[] annotated(Frame frame, Observation observation, Scene scene) {
    try (AnnotatedPicture picture = new AnnotatedPicture()) {
      Mat mat = picture.fill(frame);
      Annotator.draw(mat, scene, observation);
      return jpeg(mat);
    }
  }

  /** Encodes the same, and points out the tracks and the region of an alert. */
  public static byte[] annotated(Frame frame, Observation observation, Scene scene, Alert alert) {
    try (AnnotatedPicture picture = new AnnotatedPicture()) {
      Mat mat = picture.fill(frame);
      Box region = alert.participants().region();
      List<Box> regions = region == null ? List.of() : List.of(region);
      Annotator.draw(mat, scene, observation, alert.participants().tracks(), regions);
      return jpeg(mat);
    }
  }

  /**
   * Encodes a borrowed frame after its picture was changed.
   *
   * @param change changes the picture, 8-bit blue, green, red, which is lent to it
   * @param observation drawn on it afterwards, with the scene; null for nothing
   */
  public static byte[] changed(
      Frame frame, Consumer<Mat> change, @Nullable Observation observation, Scene scene) {
    try (AnnotatedPicture picture = new AnnotatedPicture()) {
      Mat mat = picture.fill(frame);
      change.accept(mat);
      if (observation != null) {
        Annotator.draw(mat, scene, observation);
      }
      return jpeg(mat);
    }
  }

  /**
   * Decodes a picture, changes it, and encodes it again.
   *
   * @param change changes the picture, 8-bit blue, green, red, which is lent to it
   * @throws IllegalArgumentException when it cannot be decoded
   */
  public static byte[] changed(byte[] jpeg, Consumer<Mat> change) {
    try (BytePointer bytes = new BytePointer(jpeg);
        Mat coded = new Mat(1, jpeg.length, opencv_core.CV_8UC1, bytes);
        Mat mat = imdecode(coded, IMREAD_COLOR)) {
      if (mat.empty()) {
        throw new IllegalArgumentException("not a picture that can be decoded");
      }
      change.accept(mat);
      return jpeg(mat);
    }
  }

  private static byte[] jpeg(Mat mat) {
    try (BytePointer bytes = new BytePointer();
        IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, QUALITY)) {
      if (!imencode(".jpg", mat, bytes, options)) {
        throw new IllegalStateException(
            "OpenCV did not encode a JPEG of " + mat.cols() + " x " + mat.rows());
      }
      byte[] jpeg = new byte[Math.toIntExact(bytes.limit())];
      bytes.get(jpeg);
      return jpeg;
    }
  }
}
