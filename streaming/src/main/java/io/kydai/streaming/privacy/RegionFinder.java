package io.kydai.streaming.privacy;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.faces.Face;
import io.kydai.models.faces.FaceDetector;
import io.kydai.models.faces.FaceModel;
import io.kydai.streaming.privacy.BlurRegions.Seen;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Looks for what is to be blurred on a picture by itself: persons and vehicles by the node's
 * detector, and faces on the persons. It takes what the detector is little sure of as well. One
 * picture after the other: who comes meanwhile waits. Owns its detectors and its working picture.
 *
 * <p>Bound: {@value #MOST_FACES_OF} persons of a picture are looked at for faces, the largest ones;
 * of the others the upper part is blurred, as it is of all.
 */
public final class RegionFinder implements AutoCloseable {
  private static final int MOST_FACES_OF = 24;
  private static final float LEAST_SCORE = 0.2f;
  private static final int PADDING = 114;

  private final Detector detector;
  private final InputSize input;
  private final FaceDetector faces;
  private final Mat small;
  private boolean closed;

  /** Both models stay the caller's, and outlive this object. */
  public RegionFinder(DetectorModel model, FaceModel faceModel) {
    detector = model.newDetector();
    input = model.inputSize();
    faces = faceModel.newDetector();
    small = new Mat(input.height(), input.width(), CV_8UC3);
  }

  /**
   * Returns what is to be blurred on a picture.
   *
   * @param picture 8-bit blue, green, red, without padding
   * @throws io.kydai.models.detection.ModelException when the inference fails
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized List<Box> find(Mat picture, Set<BlurTarget> targets) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (targets.isEmpty()) {
      return List.of();
    }
    List<Seen> seen =
        detector.detect(small.createBuffer(), fit(picture)).stream()
            .filter(one -> one.score() >= LEAST_SCORE)
            .map(RegionFinder::seen)
            .toList();
    return BlurRegions.of(
        seen, targets.contains(BlurTarget.FACES) ? faces(picture, seen) : List.of(), targets);
  }

  private static Seen seen(Detection detection) {
    return new Seen(detection.label(), detection.box());
  }

  private Letterbox fit(Mat picture) {
    Letterbox place = Letterbox.fit(picture.cols(), picture.rows(), input);
    try (Scalar grey = new Scalar(PADDING, PADDING, PADDING, 0);
        Rect area = new Rect(place.left(), place.top(), place.width(), place.height());
        Mat part = new Mat(small, area);
        Size size = new Size(place.width(), place.height());
        Mat scaled = new Mat()) {
      small.put(grey);
      resize(picture, scaled, size, 0, 0, INTER_LINEAR);
      scaled.copyTo(part);
    }
    return place;
  }

  private List<Face> faces(Mat picture, List<Seen> seen) {
    ByteBuffer pixels = picture.createBuffer();
    List<Face> found = new ArrayList<>();
    seen.stream()
        .filter(BlurRegions::isPerson)
        .sorted((one, other) -> Float.compare(other.box().area(), one.box().area()))
        .limit(MOST_FACES_OF)
        .forEach(
            person ->
                found.addAll(faces.detect(pixels, picture.cols(), picture.rows(), person.box())));
    return found;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      detector.close();
      faces.close();
      small.close();
    }
  }
}
