package io.kydai.ingest.status;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A camera's health at one moment.
 *
 * @param since when it came into this state
 * @param fps access units per second over the last few seconds
 * @param bitsPerSecond of the access units, over the same time
 * @param newestParameters of the newest access unit; null before the first
 * @param lastFailure why the last attempt failed or the last connection ended, without secrets;
 *     null before the first failure
 * @param reconnects how many times a connection was opened again since the camera was added
 */
public record CameraStatus(
    CameraId camera,
    CameraState state,
    Instant since,
    double fps,
    double bitsPerSecond,
    @Nullable CodecParameters newestParameters,
    @Nullable String lastFailure,
    long reconnects) {
  /** The parameters of the newest access unit; empty before the first. */
  public Optional<CodecParameters> parameters() {
    return Optional.ofNullable(newestParameters);
  }

  /** Why the last attempt failed or the last connection ended; it names no secret. */
  public Optional<String> lastError() {
    return Optional.ofNullable(lastFailure);
  }
}
