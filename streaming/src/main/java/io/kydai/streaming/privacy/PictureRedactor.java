package io.kydai.streaming.privacy;

import static org.bytedeco.opencv.global.opencv_core.CV_32SC2;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.fillPoly;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.kydai.analytics.scene.Point;
import io.kydai.models.detection.Box;
import java.nio.IntBuffer;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Hides parts of a picture, so that what was there cannot be recovered from what is left: a mask is
 * one colour, and a region that is blurred is first averaged over cells, at most {@value #CELLS} of
 * them along its shorter side, and smoothed then. What is left of a region of any size are so few
 * values that a face or a plate has no features in it. Stateless.
 */
public final class PictureRedactor {
  /** The most cells along the shorter side of a region. */
  static final int CELLS = 4;

  /** The most cells along the shorter side of a picture that is blurred as a whole. */
  static final int CELLS_OF_PICTURE = 12;

  /** A cell's least side in pixels. */
  private static final int LEAST_CELL = 6;

  private static final int GREY = 72;

  private PictureRedactor() {}

  /**
   * Fills the masks, after the regions were blurred.
   *
   * @param picture 8-bit blue, green, red; changed
   * @param regions what is blurred; they may overlap and reach beyond the picture
   */
  public static void hide(Mat picture, List<PrivacyMask> masks, List<Box> regions) {
    for (Box region : regions) {
      blur(picture, region, CELLS);
    }
    masks.forEach(mask -> fill(picture, mask));
  }

  /**
   * The same where it is not known what is to be seen: all of the picture is blurred, so that one
   * sees no more than whether there is one.
   */
  public static void hideAll(Mat picture, List<PrivacyMask> masks) {
    blur(picture, new Box(0, 0, 1, 1), CELLS_OF_PICTURE);
    masks.forEach(mask -> fill(picture, mask));
  }

  private static void blur(Mat picture, Box region, int cells) {
    int left = clip((int) Math.floor(region.left() * picture.cols()), picture.cols());
    int top = clip((int) Math.floor(region.top() * picture.rows()), picture.rows());
    int right = clip((int) Math.ceil(region.right() * picture.cols()), picture.cols());
    int bottom = clip((int) Math.ceil(region.bottom() * picture.rows()), picture.rows());
    int width = right - left;
    int height = bottom - top;
    if (width <= 0 || height <= 0) {
      return;
    }
    double cell = Math.max(LEAST_CELL, Math.min(width, height) / (double) cells);
    int across = Math.max(1, (int) (width / cell));
    int down = Math.max(1, (int) (height / cell));
    int kernel = 2 * (int) (cell / 2) + 1;
    try (Rect area = new Rect(left, top, width, height);
        Mat part = new Mat(picture, area);
        Mat small = new Mat();
        Size few = new Size(across, down);
        Size whole = new Size(width, height);
        Mat cellwise = new Mat();
        Size smoothing = new Size(kernel, kernel)) {
      resize(part, small, few, 0, 0, INTER_AREA);
      resize(small, cellwise, whole, 0, 0, INTER_NEAREST);
      // Its own borders are mirrored: no pixel from beside the region comes in, nor the other way.
      GaussianBlur(cellwise, cellwise, smoothing, 0);
      cellwise.copyTo(part);
    }
  }

  private static int clip(int pixel, int size) {
    return Math.min(size, Math.max(0, pixel));
  }

  /** Also covers every pixel that the mask's edge touches. */
  private static void fill(Mat picture, PrivacyMask mask) {
    try (Mat outline = new Mat(mask.polygon().size(), 1, CV_32SC2);
        MatVector outlines = new MatVector(outline);
        Scalar grey = new Scalar(GREY, GREY, GREY, 0)) {
      IntBuffer corners = outline.createBuffer();
      for (Point corner : mask.polygon()) {
        corners.put(pixel(corner.x(), picture.cols())).put(pixel(corner.y(), picture.rows()));
      }
      fillPoly(picture, outlines, grey);
    }
  }

  private static int pixel(double place, int size) {
    return (int) Math.round(place * (size - 1));
  }
}
