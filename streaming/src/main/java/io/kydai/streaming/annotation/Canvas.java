package io.kydai.streaming.annotation;

import static org.bytedeco.opencv.global.opencv_core.CV_32SC2;
import static org.bytedeco.opencv.global.opencv_core.addWeighted;
import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.arrowedLine;
import static org.bytedeco.opencv.global.opencv_imgproc.fillPoly;
import static org.bytedeco.opencv.global.opencv_imgproc.getTextSize;
import static org.bytedeco.opencv.global.opencv_imgproc.line;
import static org.bytedeco.opencv.global.opencv_imgproc.polylines;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import io.kydai.analytics.scene.Point;
import java.nio.IntBuffer;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Draws on a picture, in coordinates of 0..1 and with strokes as wide as suits the picture's size.
 * OpenCV's letters are ASCII: others become question marks.
 */
final class Canvas {
  private static final double ZONE_TINT = 0.14;

  private final Mat mat;
  private final int thickness;
  private final double letters;

  Canvas(Mat mat) {
    this.mat = mat;
    thickness = Math.max(1, (int) Math.round(mat.rows() / 300.0));
    letters = Math.max(0.35, mat.rows() / 1500.0);
  }

  /**
   * Draws a rectangle.
   *
   * @param weight of the stroke, 1 for the usual one; less where a box is only predicted
   */
  void box(double left, double top, double right, double bottom, Palette colour, double weight) {
    int stroke = Math.max(1, (int) Math.round(thickness * weight));
    try (var from = at(left, top);
        var to = at(right, bottom);
        Scalar paint = colour.scalar()) {
      rectangle(mat, from, to, paint, stroke, LINE_AA, 0);
    }
  }

  void polygon(List<Point> corners, Palette colour) {
    if (corners.isEmpty()) {
      return;
    }
    try (Mat outline = new Mat(corners.size(), 1, CV_32SC2);
        MatVector outlines = new MatVector(outline);
        Scalar paint = colour.scalar();
        Mat tinted = mat.clone()) {
      IntBuffer buffer = outline.createBuffer();
      corners.forEach(corner -> buffer.put(x(corner.x())).put(y(corner.y())));
      fillPoly(tinted, outlines, paint);
      addWeighted(tinted, ZONE_TINT, mat, 1 - ZONE_TINT, 0, mat);
      polylines(mat, outlines, true, paint, thickness, LINE_AA, 0);
    }
  }

  void segment(Point from, Point to, Palette colour) {
    try (var start = at(from.x(), from.y());
        var end = at(to.x(), to.y());
        Scalar paint = colour.scalar()) {
      line(mat, start, end, paint, thickness + 1, LINE_AA, 0);
    }
  }

  /** Draws an arrow from one point to another. */
  void arrow(Point from, Point to, Palette colour) {
    try (var start = at(from.x(), from.y());
        var tip = at(to.x(), to.y());
        Scalar paint = colour.scalar()) {
      arrowedLine(mat, start, tip, paint, thickness + 1, LINE_AA, 0, 0.15);
    }
  }

  /**
   * Draws an arrow from a line's middle to its forward side, which is the right-hand one, looking
   * from its start to its end.
   */
  void forwardArrow(Point from, Point to, Palette colour) {
    double dx = (to.x() - from.x()) * mat.cols();
    double dy = (to.y() - from.y()) * mat.rows();
    double length = Math.hypot(dx, dy);
    if (length < 1) {
      return;
    }
    double reach = mat.rows() / 18.0;
    double middleX = (from.x() + to.x()) / 2;
    double middleY = (from.y() + to.y()) / 2;
    double tipX = middleX - dy / length * reach / mat.cols();
    double tipY = middleY + dx / length * reach / mat.rows();
    try (var start = at(middleX, middleY);
        var tip = at(tipX, tipY);
        Scalar paint = colour.scalar()) {
      arrowedLine(mat, start, tip, paint, thickness + 1, LINE_AA, 0, 0.35);
    }
  }

  /** Writes a dark text on a coloured plate, which stands on a point and stays in the picture. */
  void plate(String text, double x, double y, Palette colour) {
    write(text, x(x), y(y), colour, Palette.INK);
  }

  /** Writes a light text on a dark plate in the lower left corner. */
  void caption(String text) {
    write(text, 0, mat.rows() - 1, Palette.INK, Palette.PAPER);
  }

  private void write(String text, int x, int y, Palette plate, Palette ink) {
    int pad = thickness + 2;
    int weight = letters > 0.7 ? 2 : 1;
    try (IntPointer baseline = new IntPointer(1);
        Size size = getTextSize(text, FONT_HERSHEY_SIMPLEX, letters, weight, baseline);
        Scalar plateColour = plate.scalar();
        Scalar inkColour = ink.scalar()) {
      int width = size.width() + 2 * pad;
      int height = size.height() + baseline.get() + pad;
      int left = Math.max(0, Math.min(x, mat.cols() - width));
      int top = Math.max(0, Math.min(y - height, mat.rows() - height));
      try (Rect area = new Rect(left, top, width, height);
          var origin =
              new org.bytedeco.opencv.opencv_core.Point(
                  left + pad, top + size.height() + pad / 2 + 1)) {
        rectangle(mat, area, plateColour, FILLED, LINE_AA, 0);
        putText(
            mat, text, origin, FONT_HERSHEY_SIMPLEX, letters, inkColour, weight, LINE_AA, false);
      }
    }
  }

  private org.bytedeco.opencv.opencv_core.Point at(double x, double y) {
    return new org.bytedeco.opencv.opencv_core.Point(x(x), y(y));
  }

  private int x(double x) {
    return pixel(x, mat.cols());
  }

  private int y(double y) {
    return pixel(y, mat.rows());
  }

  /**
   * The pixel of a place, at most one picture beyond the edge, since predictions may be far off.
   */
  private static int pixel(double value, int size) {
    return (int) Math.round(Math.max(-1, Math.min(2, value)) * (size - 1));
  }
}
