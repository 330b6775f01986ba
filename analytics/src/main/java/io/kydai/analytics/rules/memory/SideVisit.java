package io.kydai.analytics.rules.memory;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Direction;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import org.jspecify.annotations.Nullable;

/**
 * The sights of one object on one side of a line, without one on the other side between them.
 *
 * <p>A box's foot is elsewhere on single frames, where something hides a part of the object or the
 * box takes in a shadow. So a visit is certain when the object
 *
 * <ul>
 *   <li>was seen here for 0.3 s,
 *   <li>or for 0.1 s, and was deep on this side: {@value #DEEP} of the picture from the line and a
 *       quarter of its box's height,
 *   <li>or once, deep, and not for 0.3 s before or after,
 *   <li>or came here by more than its box's width and height, as no foot is mistaken.
 * </ul>
 *
 * <p>A sight may be interpolated between two looks. A visit with one look only is as if it had no
 * other sights, since these follow from that look.
 */
final class SideVisit {
  private static final double DEEP = 2.5 * Line.MARGIN;
  private static final float DEEP_OF_HEIGHT = 0.25f;
  private static final long LASTING = MediaTime.ticksOfSeconds(0.3);
  private static final long LASTING_WHERE_DEEP = MediaTime.ticksOfSeconds(0.1);

  private final Line.Side side;
  private final Timestamp before;
  private final boolean betweenEnds;
  private final Sight first;
  private final boolean moved;
  // null at the first sight
  private @Nullable Sight previous;
  private Sight last;
  // null until the object was seen clearly on this side
  private @Nullable Timestamp clear;
  private Track track;
  private boolean deep;
  private int looks;

  private record Sight(double distance, Timestamp when) {}

  /**
   * @param distance from the line at the first sight, positive on the right-hand side, not 0
   * @param before when the object was last seen on the other side; {@code now} where it never was
   * @param from where that was
   * @param betweenEnds whether it came here between the line's ends
   * @param look whether it was detected there, and not interpolated
   */
  SideVisit(
      Track track,
      double distance,
      Timestamp now,
      Timestamp before,
      Point from,
      boolean betweenEnds,
      boolean look) {
    this.side = distance > 0 ? Line.Side.RIGHT : Line.Side.LEFT;
    this.before = before;
    this.betweenEnds = betweenEnds;
    first = new Sight(distance, now);
    last = first;
    Box box = track.box();
    moved = from.distanceTo(track.standing()) > box.width() + box.height();
    sees(track, look);
  }

  /**
   * The object is seen on this side once more.
   *
   * @param look whether it was detected there, and not interpolated
   */
  void sees(Track again, double distance, Timestamp now, boolean look) {
    previous = last;
    last = new Sight(distance, now);
    sees(again, look);
  }

  private void sees(Track seen, boolean look) {
    track = seen;
    looks += look ? 1 : 0;
    double away = Math.abs(last.distance());
    if (clear == null && away >= Line.MARGIN) {
      clear = last.when();
    }
    deep |= away >= Math.max(DEEP, DEEP_OF_HEIGHT * seen.box().height());
  }

  boolean isOnSideOf(double distance) {
    return distance > 0 == (side == Line.Side.RIGHT);
  }

  /** Returns whether the object was on this side beyond doubt, by what was seen until now. */
  boolean isCertain(Timestamp now) {
    long lasted = looks > 1 ? last.when().since(first.when()) : 0;
    boolean sparse = first.when().since(before) >= LASTING || now.since(last.when()) >= LASTING;
    return clear != null
        && (moved || lasted >= LASTING || (deep && (sparse || lasted >= LASTING_WHERE_DEEP)));
  }

  /**
   * Returns whether the object came from this side, the first on which it was seen. A single sight
   * is enough only where the next one came late or the object's further motion leads back here.
   *
   * @param next the visit of the other side that followed
   */
  boolean isOrigin(SideVisit next) {
    if (clear == null) {
      return false;
    }
    boolean sparse = next.first.when().since(last.when()) >= LASTING;
    if (looks > 1 || sparse || next.moved) {
      return true;
    }
    return next.looks < 2
        ? deep && next.deep
        : isOnSideOf(motion(next.first, next.last, last.when()));
  }

  /**
   * Returns whether the object stayed on this side for all that can be said when it is lost here.
   *
   * @param from the visit of the other side that it came from
   */
  boolean isLikely(SideVisit from) {
    if (clear == null) {
      return false;
    }
    if (deep || looks > 1) {
      return true;
    }
    Sight earlier = from.previous;
    return earlier != null
        && from.last.when().equals(before)
        && isOnSideOf(motion(earlier, from.last, last.when()));
  }

  /** The distance from the line, at a moment, of an object that moves as between two sights. */
  private static double motion(Sight one, Sight other, Timestamp when) {
    double speed = (other.distance() - one.distance()) / other.when().since(one.when());
    return other.distance() + speed * when.since(other.when());
  }

  Direction direction() {
    return side == Line.Side.RIGHT ? Direction.FORWARD : Direction.BACKWARD;
  }

  /** When the object was last seen on the other side. */
  Timestamp before() {
    return before;
  }

  boolean betweenEnds() {
    return betweenEnds;
  }

  /** Returns whether the object was seen clearly on this side. */
  boolean isClear() {
    return clear != null;
  }

  /**
   * When the object was first seen clearly on this side.
   *
   * @throws NullPointerException unless it {@link #isClear}
   */
  Timestamp clear() {
    return requireNonNull(clear, "never seen clearly on this side");
  }

  /** When the object was last seen here. */
  Timestamp last() {
    return last.when();
  }

  /** The object as it was last seen here. */
  Track track() {
    return track;
  }
}
