package io.kydai.analytics.tracking;

import io.kydai.analytics.motion.MotionField;
import io.kydai.ingest.media.MediaTime;
import java.util.Arrays;

/**
 * Moves tracks on between looks by the motion vectors in the stream: a box moves by the median of
 * the vectors inside it, the middle counting most. (That the vectors of a compressed stream carry
 * boxes between looks is the idea of CoVA; Hwang et al., USENIX ATC 2022, and of MOVEX, Journal of
 * Imaging, 2023. The filter and the background's part are ours.)
 *
 * <p>B-pictures are passed over: their references lie at unknown distances, and the picture after
 * them has vectors for the whole time. Where a picture has no vectors inside a box, that time is
 * not covered.
 */
final class MotionVectorPropagation {
  private static final int MOST = 256; // cells of a box; of a larger one every n-th
  private static final double ACROSS = 0.3; // of the width, to each side of the middle
  private static final double DOWN = 0.4; // of the height
  // What moves by less than this part of what is expected of a moving track is its background …
  private static final double BACKGROUND = 0.3;
  private static final double MOVES = 0.5 * MotionField.PARTS; // pixels per picture
  // … and where the rest is a smaller part of the box than this, another hides the track.
  private static final double VISIBLE = 0.2;

  private final int[] right = new int[3 * MOST];
  private final int[] down = new int[3 * MOST];
  private final int[] apart = new int[3 * MOST];
  private double expectedX;
  private double expectedY;
  private int all;
  private int size;
  private long anchor = Long.MIN_VALUE;

  void propagate(
      MotionField motion,
      Candidate[] tracks,
      int count,
      long looked,
      long time,
      int width,
      int height) {
    if (motion.bidirectional()) {
      return;
    }
    long previous = anchor;
    anchor = time;
    long from = Math.max(previous, looked);
    if (motion.isEmpty() || previous == Long.MIN_VALUE || time <= from) {
      return;
    }
    double part = (double) (time - from) / (time - previous);
    double scaleX = (double) width / motion.width();
    double scaleY = (double) height / motion.height();
    for (int t = 0; t < count; t++) {
      Candidate track = tracks[t];
      if (track.lastSeen != looked) {
        continue;
      }
      double x = (track.motion.left() + track.displacement.x()) / scaleX;
      double y = (track.motion.top() + track.displacement.y()) / scaleY;
      double seconds = MediaTime.seconds(time - previous);
      expectedX = track.motion.speedX() * seconds / scaleX * MotionField.PARTS;
      expectedY = track.motion.speedY() * seconds / scaleY * MotionField.PARTS;
      collect(motion, x, y, track.motion.width() / scaleX, track.motion.height() / scaleY);
      if (size > 1 && size >= VISIBLE * all) {
        double dx = median(right) * scaleX * part / MotionField.PARTS;
        double dy = median(down) * scaleY * part / MotionField.PARTS;
        double spread = 1.48 * spread(scaleX, scaleY) * part / MotionField.PARTS;
        track.displacement.add(dx, dy, spread * spread, time - from);
      }
    }
  }

  private void collect(MotionField field, double x, double y, double w, double h) {
    size = 0;
    all = 0;
    double moves = Math.hypot(expectedX, expectedY);
    double least = moves > MOVES ? BACKGROUND * moves : 0;
    double middleX = x + w / 2;
    double middleY = y + h / 2;
    int first = cell(middleX - ACROSS * w, field.columns());
    int last = cell(middleX + ACROSS * w, field.columns());
    int top = cell(middleY - DOWN * h, field.rows());
    int bottom = cell(middleY + DOWN * h, field.rows());
    int step = 1;
    while ((last - first + step) / step * ((bottom - top + step) / step) > MOST) {
      step++;
    }
    for (int row = top; row <= bottom; row += step) {
      double offY = Math.abs((row + 0.5) * MotionField.CELL - middleY) / h;
      for (int column = first; column <= last; column += step) {
        if (field.known(column, row)) {
          double offX = Math.abs((column + 0.5) * MotionField.CELL - middleX) / w;
          int weight = 3 - (int) Math.min(2, 6 * Math.max(offX, offY));
          all += weight;
          if (Math.hypot(field.dx(column, row), field.dy(column, row)) < least) {
            continue;
          }
          for (int i = 0; i < weight; i++) {
            right[size] = field.dx(column, row);
            down[size++] = field.dy(column, row);
          }
        }
      }
    }
  }

  private static int cell(double at, int cells) {
    return (int) Math.max(0, Math.min(cells - 1, Math.floor(at / MotionField.CELL)));
  }

  private double median(int[] of) {
    System.arraycopy(of, 0, apart, 0, size);
    Arrays.sort(apart, 0, size);
    return (apart[(size - 1) / 2] + apart[size / 2]) / 2.0;
  }

  /** The median distance from the median, of the direction in which it is larger. */
  private double spread(double scaleX, double scaleY) {
    return Math.max(spread(right) * scaleX, spread(down) * scaleY);
  }

  private double spread(int[] of) {
    double middle = median(of);
    for (int i = 0; i < size; i++) {
      apart[i] = (int) Math.abs(of[i] - middle);
    }
    Arrays.sort(apart, 0, size);
    return apart[size / 2];
  }
}
