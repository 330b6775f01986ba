package io.kydai.streaming.recording.index;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import java.time.Instant;

/**
 * What was recorded of a camera in 24 hours.
 *
 * @param stream of the camera
 * @param age how many such spans lie behind it; 0 for the newest
 * @param bytes of the files that begin in it
 * @param thinned those of them of which thinning leaves nothing out any more
 * @param first when the first of them begins
 */
public record RecordedDay(
    CameraId camera, StreamRole stream, long age, long bytes, long thinned, Instant first) {
  public RecordedDay {
    requireNonNull(camera);
    requireNonNull(stream);
    requireNonNull(first);
  }
}
