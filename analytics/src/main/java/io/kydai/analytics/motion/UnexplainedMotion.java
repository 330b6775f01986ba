package io.kydai.analytics.motion;

import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what moves on a camera's picture and belongs to no track. What moved where the network has
 * just looked is explained for {@value #EXPLAINED_MILLIS} ms, found or not, so that foliage and
 * what is too small to be found ask for no more than a look now and then. One thread at a time.
 *
 * <p>Bound: one time for each cell of {@link MotionMap}.
 */
public final class UnexplainedMotion {
  static final int EXPLAINED_MILLIS = 2000;
  static final int LEAST_CELLS = 3; // beside each other: fewer are noise

  private static final long EXPLAINED = MediaTime.ticksOfMillis(EXPLAINED_MILLIS);
  private static final double AROUND = 0.25; // of a box's size: shadows, and what it has uncovered
  private static final long NEVER = Long.MIN_VALUE / 2;

  private long[] lookedAt = {};
  private @Nullable MotionMap newest;

  /**
   * Returns whether a part of the next picture moves that is near no track and was not looked at
   * lately.
   *
   * @param tracks where tracks are on this picture, shown or not
   * @param mediaTime the picture's, 1/90000 s
   */
  public boolean appears(MotionMap motion, List<Box> tracks, long mediaTime) {
    newest = motion;
    if (!motion.known() || motion.still()) {
      return false;
    }
    if (lookedAt.length != motion.columns() * motion.rows()) {
      lookedAt = new long[motion.columns() * motion.rows()];
      Arrays.fill(lookedAt, NEVER);
    }
    for (int row = 0; row < motion.rows(); row++) {
      for (int column = 0; column < motion.columns(); column++) {
        if (isUnexplained(motion, column, row, tracks, mediaTime)
            && around(motion, column, row, tracks, mediaTime) >= LEAST_CELLS) {
          return true;
        }
      }
    }
    return false;
  }

  /** How many of the nine cells around one are unexplained, itself included. */
  private int around(MotionMap motion, int column, int row, List<Box> tracks, long mediaTime) {
    int found = 0;
    for (int y = Math.max(0, row - 1); y <= Math.min(motion.rows() - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(motion.columns() - 1, column + 1); x++) {
        found += isUnexplained(motion, x, y, tracks, mediaTime) ? 1 : 0;
      }
    }
    return found;
  }

  private boolean isUnexplained(
      MotionMap motion, int column, int row, List<Box> tracks, long mediaTime) {
    return motion.moving(column, row)
        && mediaTime - lookedAt[row * motion.columns() + column] > EXPLAINED
        && !isNear(motion.cell(column, row), tracks);
  }

  private static boolean isNear(Box cell, List<Box> tracks) {
    double x = (cell.left() + cell.right()) / 2;
    double y = (cell.top() + cell.bottom()) / 2;
    for (Box track : tracks) {
      double marginX = AROUND * track.width() + cell.width();
      double marginY = AROUND * track.height() + cell.height();
      if (x > track.left() - marginX
          && x < track.right() + marginX
          && y > track.top() - marginY
          && y < track.bottom() + marginY) {
        return true;
      }
    }
    return false;
  }

  /**
   * Notes that the network looks at the picture that was shown last.
   *
   * @param mediaTime the picture's, 1/90000 s
   */
  public void looked(long mediaTime) {
    MotionMap motion = newest;
    if (motion == null || !motion.known() || lookedAt.length == 0) {
      return;
    }
    for (int row = 0; row < motion.rows(); row++) {
      for (int column = 0; column < motion.columns(); column++) {
        if (motion.moving(column, row)) {
          explain(motion, column, row, mediaTime);
        }
      }
    }
  }

  private void explain(MotionMap motion, int column, int row, long mediaTime) {
    for (int y = Math.max(0, row - 1); y <= Math.min(motion.rows() - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(motion.columns() - 1, column + 1); x++) {
        lookedAt[y * motion.columns() + x] = mediaTime;
      }
    }
  }
}
