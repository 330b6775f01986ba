package io.kydai.console.recordings;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A span of a camera's recording that is not deleted, whatever its age and however full the disk.
 *
 * @param id a ULID
 * @param to after {@code from}
 * @param reason why, in words
 * @param actor the name of the account or token that made it
 * @param expiresAt when it ends by itself; null when somebody has to end it
 */
public record Hold(
    String id,
    CameraId camera,
    Instant from,
    Instant to,
    String reason,
    String actor,
    Instant createdAt,
    @Nullable Instant expiresAt) {
  public Hold {
    requireNonNull(id);
    requireNonNull(camera);
    requireNonNull(reason);
    requireNonNull(actor);
    requireNonNull(createdAt);
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException("a hold ends after it begins");
    }
  }
}
