package io.kydai.analytics.inference;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.tracking.Tracker;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules are shown of the time between two looks of one camera: observations at even
 * distances, as many as a camera that is analysed at the full rate would have, with the tracks of
 * {@link Tracker#interpolated}. They are known when the second look is. One thread at a time.
 *
 * <p>Bound: {@value #MOST} for a gap; a gap that would need more has none.
 */
public final class InterpolatedObservations {
  static final int MOST = 30;

  private final double ticksApart;
  private @Nullable Observation last;

  /**
   * @param fps observations per second, the looks included, above 0
   */
  public InterpolatedObservations(double fps) {
    this.ticksApart = MediaTime.TICKS_PER_SECOND / fps;
  }

  /**
   * Returns the observations between the look before and this one, in order of time; none where the
   * looks are no further apart than the full rate's.
   *
   * @param look the next look; the tracker has seen it and nothing later
   */
  public List<Observation> before(Observation look, Tracker tracker) {
    Observation from = last;
    last = look;
    if (from == null) {
      return List.of();
    }
    long gap = look.mediaTime() - from.mediaTime();
    long parts = Math.round(gap / ticksApart);
    if (parts < 2 || parts > MOST) {
      return List.of();
    }
    List<Observation> between = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      long after = gap * i / parts;
      long time = from.mediaTime() + after;
      List<Track> tracks = tracker.interpolated(time, look.width(), look.height());
      between.add(
          new Observation(
              look.camera(),
              time,
              between(from.wallClock(), look.wallClock(), i, parts),
              look.width(),
              look.height(),
              tracks,
              true));
    }
    return between;
  }

  private static Instant between(Instant from, Instant to, long part, long parts) {
    return from.plus(Duration.between(from, to).multipliedBy(part).dividedBy(parts));
  }
}
