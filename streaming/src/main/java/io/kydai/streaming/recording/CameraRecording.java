package io.kydai.streaming.recording;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.StreamRole;
import org.jspecify.annotations.Nullable;

/**
 * What of a camera is recorded.
 *
 * @param plan which of the pictures
 * @param analysed what the stream is that is analysed, where it is recorded; null where it is not
 * @param second the same of the camera's other stream
 * @param audio whether the camera's sound is recorded beside the analysed stream
 */
public record CameraRecording(
    RecordingPlan plan, @Nullable StreamRole analysed, @Nullable StreamRole second, boolean audio) {
  public CameraRecording {
    requireNonNull(plan);
  }
}
