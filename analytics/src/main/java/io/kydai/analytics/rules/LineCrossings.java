package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.Point;
import io.kydai.analytics.Track;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Line.Side;
import io.kydai.analytics.tracking.ClassGroups;
import io.kydai.models.Box;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds who crosses one line, and which way.
 *
 * <p>A crossing is complete when a track that was clearly on one side is clearly on the other, and
 * its path last changed sides between the line's ends. So jitter on the line never counts, each way
 * of a walk back and forth does, and a gap in a track is bridged by a straight path. A track that
 * begins where another one has just been lost takes over its path, so that a change of id in the
 * middle of the line neither hides the crossing nor doubles it. Predicted boxes are not looked at.
 *
 * <p>Keeps at most {@value #MAX_PATHS} paths; beyond that, and after 10 s unseen, the one that was
 * seen longest ago is forgotten.
 */
final class LineCrossings {
  static final int MAX_PATHS = 1000;

  private static final long KEEP = Moment.seconds(10);
  private static final long HAND_OVER = Moment.seconds(2);

  private final Line line;
  // In the order in which they were last seen.
  private final Map<Long, Path> paths = new LinkedHashMap<>();

  LineCrossings(Line line) {
    this.line = line;
  }

  /** A track crossed; {@code path} is the same object for one object's later crossings. */
  record Crossing(Track track, Direction direction, Path path) {}

  /** How one object came here. */
  static final class Path {
    private final String group;
    private Point at;
    private Box box;
    private long lastSeen;
    private Side side = Side.NEAR;
    private boolean betweenEnds;
    private boolean marked;

    private Path(Track track) {
      group = ClassGroups.of(track.label());
      at = track.standing();
      box = track.box();
    }

    /** Remembers that something was said of this object; true only the first time. */
    boolean mark() {
      boolean first = !marked;
      marked = true;
      return first;
    }
  }

  List<Crossing> observe(Observation observation) {
    long now = observation.mediaTime();
    Set<Long> present = new HashSet<>();
    for (Track track : observation.tracks()) {
      if (track.seen()) {
        present.add(track.id());
      }
    }
    List<Crossing> crossings = new ArrayList<>();
    for (Track track : observation.tracks()) {
      if (!track.seen()) {
        continue;
      }
      Path path = paths.remove(track.id());
      if (path == null) {
        path = inherited(track, present, now);
      }
      paths.put(track.id(), path);
      advance(path, track, now, crossings);
    }
    forget(now);
    return crossings;
  }

  /** Whether a track is the object that came along a path. */
  boolean isOn(Track track, Path path) {
    return paths.get(track.id()) == path;
  }

  private void advance(Path path, Track track, long now, List<Crossing> crossings) {
    path.box = track.box();
    path.lastSeen = now;
    Point next = track.standing();
    double before = line.signedDistance(path.at);
    double after = line.signedDistance(next);
    if (after == 0) {
      return; // exactly on the line: wait which way it goes
    }
    if (Math.signum(before) != Math.signum(after)) {
      path.betweenEnds = line.crossedBy(path.at, next);
    }
    path.at = next;
    Side side = line.side(next);
    if (side == Side.NEAR) {
      return;
    }
    if (path.side != Side.NEAR && path.side != side && path.betweenEnds) {
      Direction direction = side == Side.RIGHT ? Direction.FORWARD : Direction.BACKWARD;
      crossings.add(new Crossing(track, direction, path));
    }
    path.side = side;
    path.betweenEnds = false;
  }

  private Path inherited(Track track, Set<Long> present, long now) {
    long best = -1;
    double nearest = Double.MAX_VALUE;
    String group = ClassGroups.of(track.label());
    for (Map.Entry<Long, Path> entry : paths.entrySet()) {
      Path path = entry.getValue();
      if (now - path.lastSeen <= HAND_OVER
          && path.lastSeen < track.firstMediaTime()
          && !present.contains(entry.getKey())
          && path.group.equals(group)
          && Boxes.near(path.box, track.box())) {
        double distance = path.at.distanceTo(track.standing());
        if (distance < nearest) {
          nearest = distance;
          best = entry.getKey();
        }
      }
    }
    Path heir = paths.remove(best);
    return heir == null ? new Path(track) : heir;
  }

  private void forget(long now) {
    var oldest = paths.values().iterator();
    while (oldest.hasNext()) {
      if (now - oldest.next().lastSeen <= KEEP && paths.size() <= MAX_PATHS) {
        break;
      }
      oldest.remove();
    }
  }
}
