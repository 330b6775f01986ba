package io.kydai.console.activity;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Point;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums up one camera's observations by ten seconds. A track moves when, within these, the place
 * where it stands gets away from where it was first by a fifth of its box's shorter side, and by a
 * hundredth of the picture at least: boxes of what stands still tremble by less. Scenery does not
 * move. One thread at a time.
 *
 * <p>Bound: {@value #MOST_TRACKS} tracks in ten seconds; further ones are not looked at.
 */
final class ActivityCollector {
  private static final int MOST_TRACKS = 1000;
  private static final double SHARE_OF_BOX = 0.2;
  private static final double LEAST = 0.01;

  private final Map<Long, Followed> tracks = new HashMap<>();
  private @Nullable Instant start;

  /**
   * What was seen in ten seconds.
   *
   * @param records of the classes of which something moved
   */
  record Finished(Instant start, List<ActivityRecord> records) {}

  private static final class Followed {
    private final ObjectClass type;
    private final Point first;
    private final CellSet cells = new CellSet();
    private Point last;
    private boolean moved;

    Followed(ObjectClass type, Point first) {
      this.type = type;
      this.first = first;
      last = first;
    }

    void at(Point place, Box box) {
      cells.addLine(last, place);
      last = place;
      double width = box.right() - box.left();
      double height = box.bottom() - box.top();
      double least = Math.max(LEAST, SHARE_OF_BOX * Math.min(width, height));
      moved |= Math.hypot(place.x() - first.x(), place.y() - first.y()) >= least;
    }
  }

  /**
   * Takes the next observation.
   *
   * @return the ten seconds that it ends; null where it is in those of the one before
   */
  @Nullable Finished add(Observation observation) {
    Instant own = ActivityRecord.startOf(observation.wallClock());
    Finished finished = own.equals(start) ? null : finish();
    start = own;
    for (Track track : observation.tracks()) {
      if (track.seen() && !track.scenery()) {
        follow(track);
      }
    }
    return finished;
  }

  private void follow(Track track) {
    Followed followed = tracks.get(track.id());
    if (followed == null) {
      if (tracks.size() == MOST_TRACKS) {
        return;
      }
      followed = new Followed(ObjectClass.of(track.label()), track.standing());
      tracks.put(track.id(), followed);
    }
    followed.at(track.standing(), track.box());
  }

  /** Ends the ten seconds; null where nothing was observed since the last end. */
  @Nullable Finished finish() {
    Instant of = start;
    if (of == null) {
      return null;
    }
    Map<ObjectClass, CellSet> cells = new EnumMap<>(ObjectClass.class);
    Map<ObjectClass, Integer> counts = new EnumMap<>(ObjectClass.class);
    for (Followed one : tracks.values()) {
      if (one.moved) {
        cells.computeIfAbsent(one.type, type -> new CellSet()).addAll(one.cells);
        counts.merge(one.type, 1, Integer::sum);
      }
    }
    tracks.clear();
    start = null;
    return new Finished(
        of,
        counts.entrySet().stream()
            .map(
                entry ->
                    new ActivityRecord(
                        of,
                        entry.getKey(),
                        Math.min(ActivityRecord.MOST_OBJECTS, entry.getValue()),
                        requireNonNull(cells.get(entry.getKey()))))
            .toList());
  }
}
