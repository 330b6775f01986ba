package io.kydai.streaming.recording.index;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;

/** One of a camera's streams, which is recorded by itself. */
public record RecordedStream(CameraId camera, StreamRole role) {
  public RecordedStream {
    requireNonNull(camera);
    requireNonNull(role);
  }

  /** Returns the main stream of a camera, or its only one. */
  public static RecordedStream main(CameraId camera) {
    return new RecordedStream(camera, StreamRole.MAIN);
  }

  @Override
  public String toString() {
    return role == StreamRole.MAIN ? camera.value() : camera + " (sub)";
  }
}
