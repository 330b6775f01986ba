package io.kydai.ingest.status;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A camera's state at one moment.
 *
 * @param camera the camera's id
 * @param state the connection state
 * @param since the time at which the camera entered this state
 * @param fps access units per second over the last few seconds
 * @param bitsPerSecond the bit rate of the access units over the same time
 * @param newestParameters the codec parameters of the newest access unit; null before the first
 * @param lastFailure the reason why the last attempt failed or the last connection ended, without
 *     secrets; null before the first failure
 * @param reconnects the number of times that a connection was opened again since the camera was
 *     added
 * @param fault the kind of {@code lastFailure}; null before the first failure
 * @param nextAttempt the time of the next connection attempt; null where none is scheduled, which
 *     includes a camera that waits for its host to accept connections again
 */
public record CameraStatus(
    CameraId camera,
    CameraState state,
    Instant since,
    double fps,
    double bitsPerSecond,
    @Nullable CodecParameters newestParameters,
    @Nullable String lastFailure,
    long reconnects,
    @Nullable CameraFault fault,
    @Nullable Instant nextAttempt) {
  /** Creates the status of a camera without a failure. */
  public CameraStatus(
      CameraId camera,
      CameraState state,
      Instant since,
      double fps,
      double bitsPerSecond,
      @Nullable CodecParameters newestParameters,
      @Nullable String lastFailure,
      long reconnects) {
    this(
        camera,
        state,
        since,
        fps,
        bitsPerSecond,
        newestParameters,
        lastFailure,
        reconnects,
        null,
        null);
  }

  /** Returns the codec parameters of the newest access unit; empty before the first. */
  public Optional<CodecParameters> parameters() {
    return Optional.ofNullable(newestParameters);
  }

  /**
   * Returns the reason why the last attempt failed or the last connection ended, without secrets;
   * empty before the first failure.
   */
  public Optional<String> lastError() {
    return Optional.ofNullable(lastFailure);
  }
}
