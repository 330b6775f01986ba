package io.kydai.streaming.recording.index;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;

/**
 * What was recorded of a camera in 24 hours.
 *
 * @param age how many such spans lie behind it; 0 for the newest
 * @param bytes of the files that begin in it
 * @param first when the first of them begins
 */
public record RecordedDay(CameraId camera, long age, long bytes, Instant first) {
  public RecordedDay {
    requireNonNull(camera);
    requireNonNull(first);
  }
}
