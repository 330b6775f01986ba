package io.kydai.analytics.rules.memory;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Direction;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.ingest.media.MediaTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds which tracks cross one line, and which way.
 *
 * <p>A crossing is complete when a track that was clearly on one side is clearly on the other, and
 * its path last changed sides between the line's ends. So jitter on the line never counts, each way
 * of a walk back and forth does, and a gap in a track is bridged by a straight path for 10 s. A
 * track that begins where another one has just been lost goes on with its path ({@link
 * TrackHandover}), so that a change of id in the middle of the line neither hides the crossing nor
 * doubles it.
 *
 * <p>A vehicle of which something hides the lower part has no place meanwhile ({@link HiddenFoot}),
 * as if it were not seen.
 *
 * <p>A side on which a track is seen for one frame, or close to the line for less than 0.3 s, does
 * not count ({@link SideVisit} says when it does). A crossing is therefore found up to 0.3 s late,
 * with the moment at which the track was first seen beyond. A track that is lost meanwhile has
 * crossed when it was far beyond or its motion led there; that is decided {@value #LOST_SECONDS} s
 * later, or at the end.
 *
 * <p>Bounded by the objects that {@link TrackHandover} keeps.
 */
public final class LineCrossings {
  private static final int LOST_SECONDS = 1;
  private static final long LOST = MediaTime.ticksOfSeconds(LOST_SECONDS);
  private static final long KEEP = MediaTime.ticksOfSeconds(10);

  private final Line line;
  private final TrackHandover<Path> paths = new TrackHandover<>(KEEP, 0, this::forgotten);
  private final Set<Path> undecided = new LinkedHashSet<>();
  private final List<Crossing> found = new ArrayList<>();

  public LineCrossings(Line line) {
    this.line = line;
  }

  /**
   * A track crossed.
   *
   * @param path is the same object for one object's later crossings
   * @param before when it was last seen on the side that it came from; since then it may have
   *     crossed at any time, hidden or too close to the line to tell
   * @param when it was first seen clearly on the side that it went to
   * @param seen when it was last seen; before the current frame, if it was lost meanwhile
   */
  public record Crossing(
      Track track,
      Direction direction,
      Path path,
      Timestamp before,
      Timestamp when,
      Timestamp seen) {}

  /** The path of one object relative to the line. */
  public static final class Path {
    private final HiddenFoot foot = new HiddenFoot();
    private Point at;
    // The visit that goes on; null until the object is seen beside the line.
    private @Nullable SideVisit visit;
    // The last one beyond doubt, or the one before where there was none yet; null in the first.
    private @Nullable SideVisit known;
    private boolean certain;
    private boolean marked;

    private Path(Track first) {
      at = first.standing();
    }

    private SideVisit visit() {
      return requireNonNull(visit, "not seen beside the line yet");
    }

    /** Remembers that something was said of this object; true only the first time. */
    public boolean mark() {
      boolean first = !marked;
      marked = true;
      return first;
    }
  }

  /** Returns the crossings that are decided by this frame. */
  public List<Crossing> observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    for (var followed : paths.observe(observation, Path::new)) {
      advance(followed.state(), followed.track(), now, !observation.propagated());
    }
    for (Path path : List.copyOf(undecided)) {
      if (now.since(path.visit().last()) >= LOST) {
        lost(path);
      }
    }
    return taken();
  }

  private void forgotten(Path path) {
    if (undecided.contains(path)) {
      lost(path);
    }
  }

  /** The crossings that are decided by this being the end, in which nothing more is seen. */
  public List<Crossing> end() {
    List.copyOf(undecided).forEach(this::lost);
    return taken();
  }

  /** Returns whether a track is the object that came along a path. */
  public boolean isOn(Track track, Path path) {
    return paths.is(track, path);
  }

  private void advance(Path path, Track track, Timestamp now, boolean look) {
    if (path.foot.sees(track, now.mediaTime().ticks())) {
      return;
    }
    Point next = track.standing();
    double distance = line.signedDistance(next);
    if (distance == 0) {
      return; // exactly on the line: wait which way it goes
    }
    SideVisit visit = path.visit;
    if (visit == null) {
      visit = new SideVisit(track, distance, now, now, next, false, look);
    } else if (visit.isOnSideOf(distance)) {
      visit.sees(track, distance, now, look);
    } else {
      leave(path, now);
      boolean betweenEnds = line.crossedBy(path.at, next);
      visit = new SideVisit(track, distance, now, visit.last(), path.at, betweenEnds, look);
    }
    path.visit = visit;
    path.at = next;
    if (visit != path.known) {
      if (visit.isCertain(now)) {
        settle(path);
      } else if (path.known != null && visit.isClear()) {
        undecided.add(path);
      }
    }
  }

  private void leave(Path path, Timestamp now) {
    if (path.visit() != path.known && path.visit().isCertain(now)) {
      settle(path);
    } else if (!path.certain) {
      path.known = path.visit;
    }
    undecided.remove(path);
  }

  private void lost(Path path) {
    undecided.remove(path);
    SideVisit from = path.known;
    if (from != null && path.visit().isLikely(from)) {
      settle(path);
    }
  }

  private void settle(Path path) {
    SideVisit from = path.known;
    SideVisit to = path.visit();
    if (from != null
        && from.direction() != to.direction()
        && to.betweenEnds()
        && (path.certain || from.isOrigin(to))) {
      found.add(new Crossing(to.track(), to.direction(), path, to.before(), to.clear(), to.last()));
    }
    path.known = to;
    path.certain = true;
    undecided.remove(path);
  }

  private List<Crossing> taken() {
    List<Crossing> crossings = List.copyOf(found);
    found.clear();
    return crossings;
  }
}
