package io.kydai.analytics.rules;

import io.kydai.analytics.Track;
import io.kydai.models.Box;
import java.util.List;

/**
 * A place where a vehicle stands, from its first frame there until it has verifiably left: seen
 * elsewhere and not seen here for two seconds, or the place watched empty for fifteen. While
 * something else hides the place nothing is known, and nothing ends.
 */
final class Stay {
  // "The same place": a box that moved by a fifth of its size each way still overlaps by half.
  private static final float SAME = 0.5f;
  private static final float ELSEWHERE = 0.1f;
  private static final float HIDDEN = 0.4f;
  private static final float PART = 0.6f;
  private static final long LEFT = Moment.seconds(2);
  private static final long EMPTY = Moment.seconds(15);
  private static final long DOUBTFUL = Moment.seconds(3);
  private static final long WATCHED = Moment.seconds(1);

  private final Box place;
  private final Happening happening;
  private long track;
  private String label;
  private boolean departed;
  private long empty;

  Stay(Track first, Happening happening) {
    this.place = first.box();
    this.happening = happening;
    this.track = first.id();
    this.label = first.label();
    happening.joins(first);
  }

  Happening happening() {
    return happening;
  }

  String label() {
    return label;
  }

  float likeness(Track other) {
    return place.iou(other.box());
  }

  /**
   * Whether a vehicle is the one that stands here. Once there is an alert, also when only a part of
   * it shows: better one stay too long than the same car reported twice.
   */
  boolean mayBe(Track other) {
    if (likeness(other) >= SAME) {
      return true;
    }
    float size = other.box().area() / place.area();
    return happening.opened()
        && size > 0.3f
        && size < 2.5f
        && shared(other.box()) >= PART * Math.min(other.box().area(), place.area());
  }

  void supported(Track by) {
    track = by.id();
    label = by.label();
    departed = false;
    empty = 0;
  }

  /** A frame on which no vehicle stands here. */
  void missed(List<Track> seen, long elapsed) {
    boolean hidden = false;
    for (Track other : seen) {
      hidden |= shared(other.box()) >= HIDDEN * place.area();
      if (other.id() == track) {
        departed |= likeness(other) < (happening.opened() ? ELSEWHERE : SAME);
      }
    }
    if (departed || !hidden) {
      empty += Math.min(WATCHED, elapsed);
    }
  }

  boolean over() {
    if (!happening.opened()) {
      return departed || empty > DOUBTFUL;
    }
    return empty >= (departed ? LEFT : EMPTY);
  }

  private float shared(Box other) {
    float width = Math.min(place.right(), other.right()) - Math.max(place.left(), other.left());
    float height = Math.min(place.bottom(), other.bottom()) - Math.max(place.top(), other.top());
    return Math.max(0, width) * Math.max(0, height);
  }
}
