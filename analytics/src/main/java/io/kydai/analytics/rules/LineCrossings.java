package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.Point;
import io.kydai.analytics.Track;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Line.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds who crosses one line, and which way.
 *
 * <p>A crossing is complete when a track that was clearly on one side is clearly on the other, and
 * its path last changed sides between the line's ends. So jitter on the line never counts, each way
 * of a walk back and forth does, and a gap in a track is bridged by a straight path for 10 s. A
 * track that begins where another one has just been lost goes on with its path ({@link Follower}),
 * so that a change of id in the middle of the line neither hides the crossing nor doubles it.
 */
final class LineCrossings {
  private static final long KEEP = Moment.seconds(10);

  private final Line line;
  private final Follower<Path> paths = new Follower<>(KEEP, 0, path -> {});

  LineCrossings(Line line) {
    this.line = line;
  }

  /**
   * A track crossed.
   *
   * @param path is the same object for one object's later crossings
   * @param before when it was last seen on the side that it came from; since then it may have
   *     crossed at any time, hidden or too close to the line to tell
   */
  record Crossing(Track track, Direction direction, Path path, Moment before) {}

  /** How one object came here. */
  static final class Path {
    private Point at;
    private Moment seen;
    private Moment before;
    private Side side = Side.NEAR;
    private boolean betweenEnds;
    private boolean marked;

    private Path(Track track, Moment now) {
      at = track.standing();
      seen = now;
      before = now;
    }

    /** Remembers that something was said of this object; true only the first time. */
    boolean mark() {
      boolean first = !marked;
      marked = true;
      return first;
    }
  }

  List<Crossing> observe(Observation observation) {
    List<Crossing> crossings = new ArrayList<>();
    Moment now = Moment.of(observation);
    for (var followed : paths.observe(observation, track -> new Path(track, now))) {
      advance(followed.state(), followed.track(), now, crossings);
    }
    return crossings;
  }

  /** Whether a track is the object that came along a path. */
  boolean isOn(Track track, Path path) {
    return paths.is(track, path);
  }

  private void advance(Path path, Track track, Moment now, List<Crossing> crossings) {
    Point next = track.standing();
    double before = line.signedDistance(path.at);
    double after = line.signedDistance(next);
    if (after == 0) {
      return; // exactly on the line: wait which way it goes
    }
    if (Math.signum(before) != Math.signum(after)) {
      path.betweenEnds = line.crossedBy(path.at, next);
      path.before = path.seen;
    }
    path.at = next;
    path.seen = now;
    Side side = line.side(next);
    if (side == Side.NEAR) {
      return;
    }
    if (path.side != Side.NEAR && path.side != side && path.betweenEnds) {
      Direction direction = side == Side.RIGHT ? Direction.FORWARD : Direction.BACKWARD;
      crossings.add(new Crossing(track, direction, path, path.before));
    }
    path.side = side;
    path.betweenEnds = false;
  }
}
