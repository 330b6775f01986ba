package io.kydai.analytics.rules.memory;

import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The crossings of the last five seconds, by objects whose class may yet turn out to be another: a
 * rider from behind is a person until the machine is seen. At most {@value #MOST} are remembered;
 * beyond that the oldest is forgotten.
 *
 * @param <T> what is remembered of a crossing
 */
public final class RecentCrossings<T> {
  public static final int MOST = 100;

  private static final long TURNS_OUT = MediaTime.ticksOfSeconds(5);

  private final LineCrossings crossings;
  // In the order of time.
  private final Deque<Recent<T>> recent = new ArrayDeque<>();

  public record Recent<T>(LineCrossings.Path path, Timestamp when, T what) {}

  public RecentCrossings(LineCrossings crossings) {
    this.crossings = crossings;
  }

  public void add(LineCrossings.Crossing crossing, Timestamp when, T what) {
    if (recent.size() == MOST) {
      recent.removeFirst();
    }
    recent.add(new Recent<>(crossing.path(), when, what));
  }

  /** Forgets what lies too far back. */
  public void forgetBefore(Timestamp now) {
    recent.removeIf(crossing -> now.since(crossing.when()) > TURNS_OUT);
  }

  /** Forgets what one did of late who now crosses again. */
  public void forget(LineCrossings.Path path) {
    recent.removeIf(crossing -> crossing.path() == path);
  }

  /** What one did of late, who is known now; it is forgotten here. */
  public List<Recent<T>> take(Track track) {
    return take(path -> crossings.isOn(track, path));
  }

  /** What the object that came along a path did of late; it is forgotten here. */
  public List<Recent<T>> take(LineCrossings.Path path) {
    return take(other -> other == path);
  }

  private List<Recent<T>> take(Predicate<LineCrossings.Path> whose) {
    List<Recent<T>> taken = List.of();
    for (Iterator<Recent<T>> all = recent.iterator(); all.hasNext(); ) {
      Recent<T> one = all.next();
      if (whose.test(one.path())) {
        all.remove();
        taken = taken.isEmpty() ? new ArrayList<>() : taken;
        taken.add(one);
      }
    }
    return taken;
  }

  public void clear() {
    recent.clear();
  }
}
