package io.kydai.analytics.observation;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.List;

/**
 * All tracks of one analysed frame, or of a moment between two analysed frames, with its times.
 *
 * @param mediaTime the frame's media time, 1/90000 s, as in its access unit
 * @param wallClock when the frame was taken
 * @param width of the frame as it is shown, in square pixels
 * @param height of the frame as it is shown, in square pixels
 * @param tracks confirmed tracks only
 * @param propagated whether nothing was detected at that moment: the boxes were moved there from
 *     analysed frames, and {@link Track#seen} speaks of those
 */
public record Observation(
    CameraId camera,
    long mediaTime,
    Instant wallClock,
    int width,
    int height,
    List<Track> tracks,
    boolean propagated) {
  public Observation {
    tracks = List.copyOf(tracks);
  }

  /** An analysed frame. */
  public Observation(
      CameraId camera,
      long mediaTime,
      Instant wallClock,
      int width,
      int height,
      List<Track> tracks) {
    this(camera, mediaTime, wallClock, width, height, tracks, false);
  }

  /** Returns the same with other tracks. */
  public Observation with(List<Track> others) {
    return new Observation(camera, mediaTime, wallClock, width, height, others, propagated);
  }
}
