package io.kydai.analytics.tracking;

import io.kydai.ingest.media.MediaTime;
import java.util.Arrays;

/**
 * Gives detections to tracks, one step after the other; what a step gave is not asked again. Arrays
 * grow to the largest problem seen, at most {@link ByteTracker#MAX_TRACKS} × {@link
 * ByteTracker#MAX_DETECTIONS}.
 */
final class Association {
  /** What is asked of a pair. */
  enum Step {
    SURE(0.2),
    UNSURE(0.4),
    FOUND_AGAIN(0.6),
    NEW(0.2);

    /** Smallest overlap at which a box may be the same object. */
    private final double least;

    Step(double least) {
      this.least = least;
    }
  }

  // Boxes are widened by this part of themselves for each second since the last detection…
  private static final double WIDEN_PER_SECOND = 0.8;
  // … at most by this: wider, neighbours are mistaken for each other.
  private static final double WIDEN_MOST = 0.3;
  // How much the direction speaks beside the overlap.
  private static final double DIRECTION = 0.1;
  // A person called a machine for once, or the other way round, must be in the very place.
  private static final double OTHER_NAME_OVERLAP = 0.5;
  private static final double OTHER_NAME = 0.3;
  // A thing that is no road user may have any name, and a road user for once that of a thing.
  private static final double ANY_NAME_OVERLAP = 0.5;
  private static final double ANY_NAME = 0.1;
  private static final double STANDING = 0.15; // heights per second
  // What a lost track's claim is less worth than one's that was seen on the frame before: where
  // somebody comes towards a moving camera, most of those found again late are somebody else.
  private static final double LOST = 0.05;
  private static final double LOST_PER_SECOND = 0.2;
  private static final double LOST_OVERLAP = 0.3;
  private static final double SIZE_AFTER = 0.6; // seconds, and then it must be of this size:
  private static final double SAME_SIZE = 1.2; // ratio of heights
  private static final double FORBIDDEN = 10;

  private final TrackerSettings settings;
  private final Assignment assignment = new Assignment();
  private final double[] whole = new double[4];
  private FrameDetections frame = new FrameDetections(); // empty until the first frame
  private long previous;
  private long now;
  private Candidate[] asked = new Candidate[0];
  private int rows;
  private int[] offered = new int[0];
  private int[] match = new int[0];
  private double[] cost = new double[0];

  Association(TrackerSettings settings) {
    this.settings = settings;
  }

  void start(FrameDetections detections, long previousFrame, long thisFrame) {
    frame = detections;
    previous = previousFrame;
    now = thisFrame;
    rows = 0;
  }

  /** Asks for a track in the next step, unless it has its detection already. */
  void ask(Candidate track, boolean asks) {
    if (!asks || track.lastSeen == now) {
      return;
    }
    if (rows == asked.length) {
      asked = Arrays.copyOf(asked, 2 * rows + 8);
      match = new int[asked.length];
    }
    asked[rows++] = track;
  }

  /** Gives the detections with scores of {@code from} to below {@code below}. */
  void solve(Step step, float from, float below) {
    int columns = offer(from, below);
    if (rows > 0 && columns > 0) {
      if (cost.length < rows * columns) {
        cost = new double[2 * rows * columns];
      }
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          cost[r * columns + c] = cost(step, asked[r], offered[c]);
        }
      }
      assignment.solve(cost, rows, columns, 1 - step.least, match);
      for (int r = 0; r < rows; r++) {
        if (match[r] >= 0) {
          give(asked[r], offered[match[r]]);
        }
      }
    }
    rows = 0;
  }

  private int offer(float from, float below) {
    if (offered.length < frame.size()) {
      offered = new int[2 * frame.size()];
    }
    int columns = 0;
    for (int d = 0; d < frame.size(); d++) {
      if (!frame.taken[d] && frame.score[d] >= from && frame.score[d] < below) {
        offered[columns++] = d;
      }
    }
    return columns;
  }

  private double cost(Step step, Candidate track, int d) {
    ObjectClass kind = frame.kind[d];
    ClassVote votes = track.votes;
    if (step == Step.NEW && frame.score[d] < settings.supportScore(kind)) {
      return FORBIDDEN;
    }
    boolean sameName = votes.winner().group.equals(kind.group);
    boolean rider = kind.person || kind.machine;
    boolean otherName = !sameName && rider && (votes.winner().person || votes.winner().machine);
    boolean anyName = !sameName && !otherName && isAnyName(track, d);
    if (!sameName && !otherName && !anyName) {
      return FORBIDDEN;
    }
    double unseen = MediaTime.seconds(now - track.lastSeen);
    double widen = Math.min(WIDEN_MOST, WIDEN_PER_SECOND * unseen);
    double overlap;
    if (step == Step.FOUND_AGAIN) {
      overlap = Math.max(overlapAfter(track, 0, d), overlapAfter(track, unseen, d));
    } else {
      overlap = track.parts.complete(track.motion, frame, d, widen, whole);
    }
    boolean lost = track.missedFor(previous) > 0;
    if (overlap < (lost ? Math.max(step.least, LOST_OVERLAP) : step.least)) {
      return FORBIDDEN;
    }
    if (lost && unseen > SIZE_AFTER && !track.motion.mayBe(frame.height[d], SAME_SIZE, unseen)) {
      return FORBIDDEN;
    }
    double doubt = lost && step != Step.FOUND_AGAIN ? LOST + LOST_PER_SECOND * unseen : 0;
    double price = 1 - overlap + doubt;
    if (anyName) {
      price += ANY_NAME;
    }
    if (otherName && !votes.mixed()) {
      boolean parked = votes.winner().machine && track.hits > 10 && track.motion.speed() < STANDING;
      if (overlap < OTHER_NAME_OVERLAP || parked) {
        return FORBIDDEN;
      }
      price += OTHER_NAME;
    }
    return price - DIRECTION * track.motion.straightness(frame.cx(d), frame.cy(d));
  }

  private boolean isAnyName(Candidate track, int d) {
    return !(track.votes.winner().roadUser() && frame.kind[d].roadUser())
        && Overlap.widened(
                track.motion, frame.left[d], frame.top[d], frame.width[d], frame.height[d], 0)
            > ANY_NAME_OVERLAP;
  }

  /** Overlap with where the track was last seen, moved on as it moved then. */
  private double overlapAfter(Candidate track, double seconds, int d) {
    Motion motion = track.motion;
    return Overlap.of(
        motion.lastLeft() + seconds * motion.lastSpeedX(),
        motion.lastTop() + seconds * motion.lastSpeedY(),
        motion.lastWidth(),
        motion.lastHeight(),
        frame.left[d],
        frame.top[d],
        frame.width[d],
        frame.height[d]);
  }

  private void give(Candidate track, int d) {
    frame.taken[d] = true;
    track.parts.complete(track.motion, frame, d, 0, whole);
    double cx = whole[0] + whole[2] / 2;
    double cy = whole[1] + whole[3] / 2;
    if (track.lastSeen >= previous) {
      track.motion.correct(cx, cy, whole[2], whole[3]);
    } else {
      double seconds = MediaTime.seconds(now - track.lastSeen);
      double step = MediaTime.seconds(now - previous);
      track.motion.correctAfterGap(cx, cy, whole[2], whole[3], seconds, step);
    }
    track.supported(frame, d, now);
  }
}
