package io.kydai.streaming.privacy;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import io.kydai.streaming.privacy.BlurRegions.Seen;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where objects were lately by a camera's observations, for pictures whose times lie between
 * theirs. Safe for many threads.
 *
 * <p>Bound: the observations of {@value #MOST}; older ones are forgotten.
 */
final class RecentObjects {
  private static final int MOST = 128;

  /** An observation speaks for pictures that are no further from it than this. */
  private static final long REACH = MediaTime.of(Duration.ofMillis(1_500)).ticks();

  /** Every observation within this time around a picture counts, beside the two next to it. */
  private static final long NEAR = MediaTime.of(Duration.ofMillis(250)).ticks();

  private final Deque<Observation> newest = new ArrayDeque<>();

  synchronized void add(Observation observation) {
    if (newest.size() == MOST) {
      newest.removeFirst();
    }
    newest.addLast(observation);
  }

  /** Returns whether an observation at or behind a picture's time has come. */
  synchronized boolean isKnown(long mediaTime) {
    return newest.stream().anyMatch(one -> one.mediaTime() >= mediaTime);
  }

  /**
   * Returns what is to be blurred on a picture: the regions of the observations before and behind
   * it, and of all that are near.
   *
   * @return null where no observation is near enough to tell
   */
  synchronized @Nullable List<Box> regions(long mediaTime, Set<BlurTarget> targets) {
    Observation before = null;
    Observation behind = null;
    List<Seen> seen = new ArrayList<>();
    for (Observation one : newest) {
      long later = one.mediaTime() - mediaTime;
      if (Math.abs(later) <= NEAR) {
        add(one, seen);
      }
      if (later <= 0 && -later <= REACH && (before == null || isLater(one, before))) {
        before = one;
      }
      if (later >= 0 && later <= REACH && (behind == null || isLater(behind, one))) {
        behind = one;
      }
    }
    if (before == null && behind == null) {
      return null;
    }
    add(before, seen);
    add(behind, seen);
    return BlurRegions.of(seen, targets);
  }

  private static boolean isLater(Observation one, Observation other) {
    return one.mediaTime() > other.mediaTime();
  }

  private static void add(@Nullable Observation observation, List<Seen> seen) {
    if (observation != null) {
      for (Track track : observation.tracks()) {
        seen.add(new Seen(track.label(), track.box()));
      }
    }
  }
}
