package io.kydai.analytics.rules.memory;

import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.Boxes;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import java.util.List;
import java.util.Set;

/**
 * A place where a vehicle stands, from its first frame there until it has verifiably left: seen
 * elsewhere and not seen here for two seconds, or the place watched empty for fifteen. While
 * something else hides the place nothing is known, and nothing ends.
 */
public final class ParkedVehicle {
  // "The same place": a box that moved by a fifth of its size each way still overlaps by half.
  private static final float SAME = 0.5f;
  private static final float ELSEWHERE = 0.1f;
  private static final float HIDDEN = 0.4f;
  private static final float PART = 0.6f;
  private static final long LEFT = MediaTime.ticksOfSeconds(2);
  private static final long EMPTY = MediaTime.ticksOfSeconds(15);
  private static final long DOUBTFUL = MediaTime.ticksOfSeconds(3);
  private static final long SETTLED = MediaTime.ticksOfSeconds(5);

  private final Box place;
  private final AlertLifecycle alert;
  private final long since;
  private long track;
  private String label;
  private boolean departed;
  private long empty;
  private long visitor;
  private long visitorSince;
  private long doubted = Long.MIN_VALUE;
  private boolean stoodLong;

  /**
   * @param since the rule's watched time, ticks
   */
  public ParkedVehicle(Track first, AlertLifecycle alert, long since) {
    this.since = since;
    this.place = first.box();
    this.alert = alert;
    this.track = first.id();
    this.label = first.label();
    alert.addTrack(first);
  }

  public AlertLifecycle alert() {
    return alert;
  }

  public String label() {
    return label;
  }

  public float likeness(Track other) {
    return place.iou(other.box());
  }

  /**
   * Returns whether a vehicle is the one that stands here: the same track, or one that has just
   * appeared here. One that was seen to arrive is another vehicle; traffic that flows over a place
   * is no stay. But where there is an alert already, one that arrived and has stood here for a
   * while goes on with it, and so does a part that shows: better one stay too long than the same
   * car twice.
   */
  public boolean mayBe(Track other, boolean known, Timestamp now) {
    if (likeness(other) < SAME && !claims(other)) {
      return false;
    }
    if (!known || other.id() == track) {
      return true;
    }
    if (visitor != other.id()) {
      visitor = other.id();
      visitorSince = now.mediaTime().ticks();
    }
    return alert.opened() && now.mediaTime().ticks() - visitorSince >= DOUBTFUL;
  }

  /** What stood for a while does not go because it is overlooked for some seconds. */
  private boolean settled() {
    return stoodLong || alert.opened();
  }

  /**
   * Returns whether a vehicle, or the part of it that shows, belongs to what stands here for sure.
   */
  public boolean claims(Track other) {
    float size = other.box().area() / place.area();
    return settled()
        && size > 0.3f
        && size < 2.5f
        && Boxes.shared(place, other.box()) >= PART * Math.min(other.box().area(), place.area());
  }

  /** Ticks that it has stood, of those that were watched. */
  public long stood(long watched) {
    return watched - since;
  }

  public void supported(Track by, long watched) {
    stoodLong |= stood(watched) >= SETTLED;
    track = by.id();
    label = by.label();
    departed = false;
    empty = 0;
  }

  /** Now it looks like a part of the vehicle that another alert is about. */
  public void doubt(Timestamp now) {
    doubted = now.mediaTime().ticks();
  }

  public boolean doubtful(Timestamp now) {
    return doubted != Long.MIN_VALUE && now.mediaTime().ticks() - doubted < DOUBTFUL;
  }

  /**
   * A frame on which no vehicle stands here.
   *
   * @param elapsed watched ticks since the frame before
   */
  public void missed(List<Track> seen, Set<Long> known, long elapsed) {
    boolean hidden = false;
    for (Track other : seen) {
      hidden |= Boxes.shared(place, other.box()) >= HIDDEN * place.area();
      if (other.id() == track) {
        departed |= likeness(other) < (alert.opened() ? ELSEWHERE : SAME);
      } else if (!alert.opened() && known.contains(other.id())) {
        departed |= likeness(other) >= SAME; // somebody else has arrived
      }
    }
    if (departed || !hidden) {
      empty += elapsed;
    }
  }

  public boolean over() {
    if (departed && !alert.opened()) {
      return true;
    }
    return empty >= (departed ? LEFT : settled() ? EMPTY : DOUBTFUL);
  }
}
