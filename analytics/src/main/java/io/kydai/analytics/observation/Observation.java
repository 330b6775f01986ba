package io.kydai.analytics.observation;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.List;

/**
 * All tracks of one analysed frame, with its times.
 *
 * @param mediaTime the frame's media time, 1/90000 s, as in its access unit
 * @param wallClock when the frame was taken
 * @param width of the frame as it is shown, in square pixels
 * @param height of the frame as it is shown, in square pixels
 * @param tracks confirmed tracks only
 */
public record Observation(
    CameraId camera, long mediaTime, Instant wallClock, int width, int height, List<Track> tracks) {
  public Observation {
    tracks = List.copyOf(tracks);
  }
}
