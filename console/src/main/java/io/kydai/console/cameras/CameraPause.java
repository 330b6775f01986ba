package io.kydai.console.cameras;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pause of a camera, which is neither connected to nor analysed meanwhile.
 *
 * @param reason why it is paused, for people; may be empty
 * @param by the name of the person or program that paused it
 * @param since when it was paused
 * @param until when it goes on by itself; null where somebody has to end the pause
 */
public record CameraPause(
    CameraId camera, String reason, String by, Instant since, @Nullable Instant until) {
  public CameraPause {
    requireNonNull(camera);
    requireNonNull(reason);
    requireNonNull(by);
    requireNonNull(since);
  }

  /** Returns when the camera goes on by itself; empty where it does not. */
  public Optional<Instant> end() {
    return Optional.ofNullable(until);
  }
}
