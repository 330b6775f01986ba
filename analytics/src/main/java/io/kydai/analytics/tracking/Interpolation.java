package io.kydai.analytics.tracking;

import io.kydai.ingest.media.MediaTime;

/**
 * Where a track was between its last two looks: on the straight line between the two boxes. Both
 * ends are detections, so this path does not run away as a predicted one does.
 */
final class Interpolation {
  private static final long NONE = Long.MIN_VALUE;
  // Over a longer gap nobody knows the way.
  private static final long LONGEST = MediaTime.ticksOfMillis(1500);

  private long from = NONE;
  private double middleX;
  private double middleY;
  private double width;
  private double height;

  /** Forgets the look before the last one. */
  void clear() {
    from = NONE;
  }

  /**
   * Notes where a track is, before it is moved on to the next look.
   *
   * @param look the media time at which it was seen there, 1/90000 s
   */
  void begin(Motion motion, long look) {
    from = look;
    width = motion.width();
    height = motion.height();
    middleX = motion.left() + width / 2;
    middleY = motion.top() + height / 2;
  }

  /** Returns whether the path to a look leads over a moment. */
  boolean covers(long time, long look) {
    return from != NONE && time > from && time < look && look - from <= LONGEST;
  }

  /**
   * Returns the box at a moment that is covered: left, top, width, height in pixels.
   *
   * @param motion where it was seen on the last look
   * @param look the media time of that look, 1/90000 s
   */
  double[] at(long time, Motion motion, long look) {
    double part = (double) (time - from) / (look - from);
    double w = width + part * (motion.width() - width);
    double h = height + part * (motion.height() - height);
    double x = middleX + part * (motion.left() + motion.width() / 2 - middleX);
    double y = middleY + part * (motion.top() + motion.height() / 2 - middleY);
    return new double[] {x - w / 2, y - h / 2, w, h};
  }
}
