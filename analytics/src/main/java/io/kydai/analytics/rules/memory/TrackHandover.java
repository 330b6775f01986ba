package io.kydai.analytics.rules.memory;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.Boxes;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.tracking.ClassGroups;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps what a rule knows of an object, over changes of its track's id: a track that begins where
 * another of its kind has just been lost takes over what was known; so does one that begins on the
 * very place where something stood and was overlooked for a while. Predicted boxes are not looked
 * at.
 *
 * <p>Keeps at most {@value #MAX_OBJECTS} objects; beyond that, and when it was not seen for the
 * given time, the one that was seen longest ago is forgotten, and the rule is called.
 *
 * @param <T> what the rule knows
 */
public final class TrackHandover<T> {
  public static final int MAX_OBJECTS = 1000;

  private static final long HAND_OVER = MediaTime.ticksOfSeconds(2);
  private static final long STANDS = MediaTime.ticksOfSeconds(2);
  private static final float SAME_PLACE = 0.5f;

  private final long keep;
  private final long standing;
  private final Consumer<T> forgotten;
  // In the order in which they were last seen.
  private final Map<Long, Entry<T>> entries = new LinkedHashMap<>();
  private final ObservedTime observed = new ObservedTime();

  /** An object that is seen now. */
  public record Followed<T>(Track track, T state) {}

  private static final class Entry<T> {
    private final T state;
    private String group;
    private Box box;
    private long seenAt;
    private long clock;
    private Box anchor;
    private long anchored;

    private Entry(T state, Track track, long clock) {
      this.state = state;
      group = ClassGroups.of(track.label());
      box = track.box();
      anchor = box;
      anchored = clock;
    }

    private void sees(Track track, long now, long newClock) {
      group = ClassGroups.of(track.label());
      box = track.box();
      seenAt = now;
      clock = newClock;
      if (box.iou(anchor) < SAME_PLACE) {
        anchor = box;
        anchored = clock;
      }
    }

    private boolean stood() {
      return clock - anchored >= STANDS;
    }
  }

  /**
   * @param keep ticks unseen after which an object is forgotten
   * @param standing ticks watched during which what stood may be overlooked; 0 where the time
   *     without frames counts too and nothing waits for what stood
   */
  public TrackHandover(long keep, long standing, Consumer<T> forgotten) {
    this.keep = keep;
    this.standing = standing;
    this.forgotten = forgotten;
  }

  /** Those of the wanted tracks that are seen on a frame, in its order. */
  public List<Followed<T>> observe(Observation observation, Function<Track, T> begin) {
    long now = observation.mediaTime();
    if (observed.blind(now)) {
      clear();
    }
    observed.passes(now);
    long clock = standing > 0 ? observed.watched() : now;
    Set<Long> present = new HashSet<>();
    for (Track track : observation.tracks()) {
      if (track.seen()) {
        present.add(track.id());
      }
    }
    List<Followed<T>> followed = new ArrayList<>();
    for (Track track : observation.tracks()) {
      if (track.seen()) {
        Entry<T> entry = entries.remove(track.id());
        if (entry == null) {
          entry = inherited(track, present, clock, begin);
        }
        entry.sees(track, now, clock);
        entries.put(track.id(), entry);
        followed.add(new Followed<>(track, entry.state));
      }
    }
    forget(clock);
    return followed;
  }

  /** Returns whether a track is the object of which something is known. */
  public boolean is(Track track, T state) {
    Entry<T> entry = entries.get(track.id());
    return entry != null && entry.state == state;
  }

  /** What is known of every object, seen or not. */
  public List<T> all() {
    List<T> states = new ArrayList<>(entries.size());
    entries.values().forEach(entry -> states.add(entry.state));
    return states;
  }

  /** Returns whether an object stood still where it was last seen. */
  public boolean stood(T state) {
    return entries.values().stream().anyMatch(entry -> entry.state == state && entry.stood());
  }

  public void clear() {
    entries.values().forEach(entry -> forgotten.accept(entry.state));
    entries.clear();
  }

  private Entry<T> inherited(Track track, Set<Long> present, long clock, Function<Track, T> begin) {
    long best = -1;
    double nearest = Double.MAX_VALUE;
    String group = ClassGroups.of(track.label());
    for (Map.Entry<Long, Entry<T>> candidate : entries.entrySet()) {
      Entry<T> lost = candidate.getValue();
      if (lost.seenAt < track.firstMediaTime()
          && !present.contains(candidate.getKey())
          && lost.group.equals(group)
          && mayBe(lost, track, clock)) {
        double distance = Point.standing(lost.box).distanceTo(track.standing());
        if (distance < nearest) {
          nearest = distance;
          best = candidate.getKey();
        }
      }
    }
    Entry<T> heir = entries.remove(best);
    return heir == null ? new Entry<>(begin.apply(track), track, clock) : heir;
  }

  private boolean mayBe(Entry<T> lost, Track track, long clock) {
    long away = clock - lost.clock;
    return (away <= HAND_OVER && Boxes.near(lost.box, track.box()))
        || (away <= standing && lost.stood() && lost.box.iou(track.box()) >= SAME_PLACE);
  }

  private void forget(long clock) {
    var oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry<T> entry = oldest.next();
      if (clock - entry.clock <= keep && entries.size() <= MAX_OBJECTS) {
        break;
      }
      oldest.remove();
      forgotten.accept(entry.state);
    }
  }
}
