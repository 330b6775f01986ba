package io.kydai.analytics.tracking;

/** Intersection over union of boxes given as left, top, width and height. */
final class Overlap {
  private Overlap() {}

  static double of(
      double x, double y, double w, double h, double x2, double y2, double w2, double h2) {
    double width = Math.min(x + w, x2 + w2) - Math.max(x, x2);
    double height = Math.min(y + h, y2 + h2) - Math.max(y, y2);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double shared = width * height;
    return shared / (w * h + w2 * h2 - shared);
  }

  static double of(Motion a, Motion b) {
    return of(a.left(), a.top(), a.width(), a.height(), b.left(), b.top(), b.width(), b.height());
  }

  /** Where both boxes are widened by a part of themselves at each side. */
  static double widened(Motion track, double x, double y, double w, double h, double by) {
    return of(
        track.left() - by * track.width(),
        track.top() - by * track.height(),
        track.width() * (1 + 2 * by),
        track.height() * (1 + 2 * by),
        x - by * w,
        y - by * h,
        w * (1 + 2 * by),
        h * (1 + 2 * by));
  }
}
