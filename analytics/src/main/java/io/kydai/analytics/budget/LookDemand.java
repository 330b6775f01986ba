package io.kydai.analytics.budget;

import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.tracking.TrackState;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a camera has to be looked at for its tracks to be as right as if each of its frames
 * were: seldom where the stream's motion carries tracks that are certain, often where something is
 * unsure. It depends on nothing but its arguments. These reasons ask for a rate each, and the
 * highest holds:
 *
 * <table>
 * <caption>Looks per second</caption>
 * <tr><td>a track is not confirmed</td><td>as many as may be</td></tr>
 * <tr><td>something moves that belongs to no track</td><td>7</td></tr>
 * <tr><td>a moving track is at a line, was there 0.3 s ago, as a crossing counts when both sides
 *     were looked at, or will be there in 0.4 s</td><td>5.5</td></tr>
 * <tr><td>a standing track that was seen less than 0.9 s before the last look was missed on that,
 *     and rules would soon take it for gone</td>
 *     <td>4</td></tr>
 * <tr><td>a track moves, and the stream does not declare whereto</td>
 *     <td>one for each time it moves by its own size</td></tr>
 * <tr><td>a track moves, and the stream declares whereto</td>
 *     <td>one for each two of its sizes</td></tr>
 * <tr><td>a track is there</td><td>1.5</td></tr>
 * <tr><td>nothing is there</td><td>1</td></tr>
 * </table>
 *
 * <p>(To use the network where the compressed stream shows something new is the idea of CoVA, Hwang
 * et al., USENIX ATC 2022. The reasons and rates are ours, chosen as {@code
 * docs/reports/accuracy.md} describes: more looks at zones' edges, at tracks that overlap, for
 * moving tracks that are lost and while an alert is open gained nothing.)
 */
public final class LookDemand {
  private static final double EMPTY_FPS = 1;
  private static final double CERTAIN_FPS = 1.5;
  private static final double MISSED_FPS = 4;
  private static final double UNEXPLAINED_FPS = 7;
  private static final double LINE_FPS = 5.5;
  private static final double OWN_SIZES = 1;
  private static final double CARRIED_SIZES = 2;

  private static final double MISSED_FOR = 0.9; // seconds
  private static final double MOVES = 0.1; // of its own size in a second
  private static final double AHEAD = 0.4; // seconds
  private static final double BEHIND = 0.3; // seconds
  private static final double NEAR = 0.08; // of its box's height

  private record Segment(Point from, Point to) {}

  private final List<Segment> lines = new ArrayList<>();

  public LookDemand(Scene scene) {
    for (Line line : scene.lines()) {
      lines.add(new Segment(line.from(), line.to()));
    }
  }

  /**
   * Returns the looks per second that are asked for; infinity for as many as may be.
   *
   * @param tracks all there are at the moment
   * @param unexplained whether something moves that belongs to none of them
   */
  public double fps(List<TrackState> tracks, boolean unexplained) {
    double fps = unexplained ? UNEXPLAINED_FPS : EMPTY_FPS;
    for (TrackState track : tracks) {
      fps = Math.max(fps, fps(track));
    }
    return fps;
  }

  private double fps(TrackState track) {
    if (!track.confirmed()) {
      return Double.POSITIVE_INFINITY;
    }
    double sizes =
        Math.hypot(track.speedX() / track.box().width(), track.speedY() / track.box().height());
    if (track.unseen() > 0) {
      return track.unseen() < MISSED_FOR && sizes <= MOVES ? MISSED_FPS : CERTAIN_FPS;
    }
    double fps = sizes / (track.carried() ? CARRIED_SIZES : OWN_SIZES);
    return Math.max(sizes > MOVES && isAtLine(track) ? LINE_FPS : CERTAIN_FPS, fps);
  }

  private boolean isAtLine(TrackState track) {
    Point now = Point.standing(track.box());
    Point soon = after(now, AHEAD, track);
    Segment way = new Segment(after(now, -BEHIND, track), soon);
    double near = NEAR * track.box().height();
    for (Segment segment : lines) {
      if (distance(now, segment) < near || distance(soon, segment) < near || cross(way, segment)) {
        return true;
      }
    }
    return false;
  }

  private static Point after(Point now, double seconds, TrackState track) {
    return new Point(now.x() + seconds * track.speedX(), now.y() + seconds * track.speedY());
  }

  private static double distance(Point place, Segment segment) {
    double dx = segment.to.x() - segment.from.x();
    double dy = segment.to.y() - segment.from.y();
    double along =
        ((place.x() - segment.from.x()) * dx + (place.y() - segment.from.y()) * dy)
            / Math.max(1e-9, dx * dx + dy * dy);
    double part = Math.max(0, Math.min(1, along));
    return place.distanceTo(new Point(segment.from.x() + part * dx, segment.from.y() + part * dy));
  }

  private static boolean cross(Segment one, Segment other) {
    return isRight(one, other.from) != isRight(one, other.to)
        && isRight(other, one.from) != isRight(other, one.to);
  }

  private static boolean isRight(Segment of, Point place) {
    return (of.to.x() - of.from.x()) * (place.y() - of.from.y())
        > (of.to.y() - of.from.y()) * (place.x() - of.from.x());
  }
}
