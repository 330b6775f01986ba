package io.kydai.analytics.rules.presence;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Withholds those who are cut by the lower edge of the picture: where they stand is not seen, and
 * what they ride on neither, so a rider who comes in from below is a person at first.
 *
 * <p>A track is withheld from its first picture on for as long as its box reaches the lower edge,
 * at most three seconds of media time: who stands there for longer is shown. Once its foot was in
 * the picture it is never withheld again. At most {@value #MOST} tracks are remembered, each until
 * it was not seen for five seconds; those beyond that are shown.
 */
final class CutTracks {
  static final int MOST = 1000;

  private static final float EDGE = 0.995f;
  private static final long LONGEST = MediaTime.ticksOfSeconds(3);
  private static final long KEEP = MediaTime.ticksOfSeconds(5);

  private record Entry(long first, long last, boolean whole) {}

  private final Map<Long, Entry> entries = new HashMap<>();

  /** Returns the observation without those who are cut; the same one where there are none. */
  Observation without(Observation all) {
    long now = all.mediaTime();
    entries.values().removeIf(entry -> now - entry.last > KEEP || entry.last > now);
    List<Track> others = new ArrayList<>(all.tracks().size());
    for (Track track : all.tracks()) {
      if (!isCut(track, now)) {
        others.add(track);
      }
    }
    return others.size() == all.tracks().size() ? all : all.with(others);
  }

  private boolean isCut(Track track, long now) {
    Entry before = entries.get(track.id());
    if (before == null && entries.size() >= MOST) {
      return false;
    }
    boolean whole = track.box().bottom() < EDGE || before != null && before.whole;
    long first = before == null ? now : before.first;
    entries.put(track.id(), new Entry(first, now, whole));
    return !whole && now - first < LONGEST;
  }
}
