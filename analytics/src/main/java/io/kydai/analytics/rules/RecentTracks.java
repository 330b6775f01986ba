package io.kydai.analytics.rules;

import io.kydai.ingest.media.MediaTime;
import java.util.HashMap;
import java.util.Map;

/**
 * Tracks of which something was true within the last second of media time, since a box flickers. At
 * most {@value #MOST} are remembered; those beyond that are judged by each picture alone.
 */
final class RecentTracks {
  static final int MOST = 1000;

  private static final long KEEP = MediaTime.ticksOfSeconds(1);

  // Track id → media time of the last picture on which it was true.
  private final Map<Long, Long> last = new HashMap<>();

  /** Forgets those of longer ago, and those of later where time was set back. */
  void expire(long now) {
    last.values().removeIf(time -> now - time > KEEP || time > now);
  }

  void add(long track, long now) {
    if (last.size() < MOST || last.containsKey(track)) {
      last.put(track, now);
    }
  }

  boolean contains(long track) {
    return last.containsKey(track);
  }
}
