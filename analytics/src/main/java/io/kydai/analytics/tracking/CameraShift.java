package io.kydai.analytics.tracking;

import java.util.Arrays;

/**
 * How far the whole picture moved since the frame before, estimated from tracks and detections
 * alone: a mast in the wind, a passing lorry, a camera that is turned.
 *
 * <p>Looked for only where at least three objects were seen on the frame before and most of them
 * are not where they should be. Each pair of such a track and a detection of its size votes for the
 * way between them; the way with most votes is taken when it explains more than half of the tracks,
 * and clearly more than no movement does. Translation only: a turn or a zoom small enough to track
 * through is one, locally.
 */
final class CameraShift {
  private static final int LEAST_TRACKS = 3;
  private static final int MOST_TRACKS = 40; // the pairs are compared with one another
  private static final int MOST_PAIRS = 400;
  private static final double IN_PLACE = 0.7; // overlap
  private static final double SAME_SIZE = 1.3; // ratio of heights
  private static final double REACH = 2.5; // heights
  private static final double TOLERANCE = 0.12; // heights

  private final double[] dx = new double[MOST_PAIRS];
  private final double[] dy = new double[MOST_PAIRS];
  private final double[] height = new double[MOST_PAIRS];
  private final int[] owner = new int[MOST_PAIRS];
  private final double[] sorted = new double[MOST_PAIRS];
  private int pairs;
  private double x;
  private double y;

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  /**
   * @param since tracks count that were seen then or later
   * @return whether the picture moved; {@link #x} and {@link #y} are its way, in pixels
   */
  boolean find(Candidate[] tracks, int count, FrameDetections frame, float lowest, long since) {
    int asked = 0;
    int inPlace = 0;
    pairs = 0;
    for (int t = 0; t < count && asked < MOST_TRACKS; t++) {
      Candidate track = tracks[t];
      if (!track.confirmed() || track.lastSeen < since) {
        continue;
      }
      inPlace += propose(track, asked, frame, lowest) ? 1 : 0;
      asked++;
    }
    if (asked < LEAST_TRACKS || 2 * inPlace > asked) {
      return false;
    }
    int best = -1;
    int most = 0;
    for (int i = 0; i < pairs; i++) {
      int votes = votes(i);
      if (votes > most) {
        most = votes;
        best = i;
      }
    }
    if (best < 0 || most < LEAST_TRACKS || 2 * most <= asked || most < inPlace + 2) {
      return false;
    }
    double voteX = dx[best];
    double voteY = dy[best];
    x = median(dx, voteX, voteY);
    y = median(dy, voteX, voteY);
    return true;
  }

  /** Notes the ways from a track to all detections that it might be; tells if one is in place. */
  private boolean propose(Candidate track, int number, FrameDetections frame, float lowest) {
    boolean inPlace = false;
    Motion motion = track.motion;
    double cx = motion.left() + motion.width() / 2;
    double cy = motion.top() + motion.height() / 2;
    for (int d = 0; d < frame.size() && pairs < MOST_PAIRS; d++) {
      double ratio = frame.height[d] / motion.height();
      double wayX = frame.cx(d) - cx;
      double wayY = frame.cy(d) - cy;
      if (frame.taken[d]
          || frame.score[d] < lowest
          || ratio > SAME_SIZE
          || ratio * SAME_SIZE < 1
          || Math.hypot(wayX, wayY) > REACH * motion.height()) {
        continue;
      }
      dx[pairs] = wayX;
      dy[pairs] = wayY;
      height[pairs] = motion.height();
      owner[pairs++] = number;
      inPlace |=
          Overlap.of(
                  motion.left(),
                  motion.top(),
                  motion.width(),
                  motion.height(),
                  frame.left[d],
                  frame.top[d],
                  frame.width[d],
                  frame.height[d])
              > IN_PLACE;
    }
    return inPlace;
  }

  /** How many tracks have a detection this way. */
  private int votes(int way) {
    int votes = 0;
    int last = -1;
    for (int i = 0; i < pairs; i++) {
      if (owner[i] != last && near(i, dx[way], dy[way])) {
        votes++;
        last = owner[i];
      }
    }
    return votes;
  }

  private boolean near(int i, double toX, double toY) {
    return Math.abs(dx[i] - toX) < TOLERANCE * height[i]
        && Math.abs(dy[i] - toY) < TOLERANCE * height[i];
  }

  private double median(double[] of, double nearX, double nearY) {
    int n = 0;
    for (int i = 0; i < pairs; i++) {
      if (near(i, nearX, nearY)) {
        sorted[n++] = of[i];
      }
    }
    Arrays.sort(sorted, 0, n);
    return sorted[n / 2];
  }
}
