package io.kydai.analytics.rules.memory;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.Boxes;
import io.kydai.ingest.media.MediaTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The people of a crowd who are not seen because somebody stands in front of them. A track that was
 * lost where another one's box covers a part of its own is taken to be there for as long as that
 * other one is there, for three seconds at most; not, if a new track begins beside that other one,
 * because then it is seen again under another id. Tracks younger than a second are not remembered:
 * many of them are a second box around somebody.
 *
 * <p>At most {@value #MOST} are remembered; more are forgotten at once.
 */
public final class Occlusion {
  public static final int MOST = 1000;

  private static final long LONGEST = MediaTime.ticksOfSeconds(3);
  private static final long KNOWN = MediaTime.ticksOfSeconds(1);
  private static final float COVERED = 0.3f; // of the own box

  // Those who were inside when last seen, by id.
  private final Map<Long, Last> known = new HashMap<>();

  private static final class Last {
    private final Track track;
    private final long seen;
    private long behind = -1;

    private Last(Track track, long seen) {
      this.track = track;
      this.seen = seen;
    }
  }

  /**
   * The tracks that are hidden on this frame, as they were last seen.
   *
   * @param inside the tracks that are seen in the place
   */
  public List<Track> behind(Observation observation, List<Track> inside) {
    long now = observation.mediaTime();
    for (Track track : observation.tracks()) {
      if (track.seen()) {
        known.remove(track.id());
      }
    }
    List<Track> hidden = new ArrayList<>();
    for (Iterator<Last> all = known.values().iterator(); all.hasNext(); ) {
      Last last = all.next();
      if (now - last.seen <= LONGEST && isBehind(last, observation, inside)) {
        hidden.add(last.track);
      } else {
        all.remove();
      }
    }
    for (Track track : inside) {
      if (now - track.firstMediaTime() >= KNOWN && known.size() < MOST) {
        known.put(track.id(), new Last(track, now));
      }
    }
    return hidden;
  }

  private boolean isBehind(Last last, Observation observation, List<Track> inside) {
    for (Track other : observation.tracks()) {
      boolean began = other.firstMediaTime() > last.seen;
      if (other.seen() && began && Boxes.near(last.track.box(), other.box())) {
        return false;
      }
    }
    if (last.behind < 0) {
      float most = COVERED * last.track.box().area();
      for (Track other : inside) {
        float shared = Boxes.shared(last.track.box(), other.box());
        if (shared >= most) {
          most = shared;
          last.behind = other.id();
        }
      }
    }
    return inside.stream().anyMatch(other -> other.id() == last.behind);
  }
}
