package io.kydai.console.users;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of the reports that a caller may see; the whole is the union of such parts.
 *
 * @param cameras of which cameras; null for all, also those that were removed
 * @param from only those that were received from then on; null for all times
 * @param agencies only those that were assigned to one of them; null for all
 */
public record Reach(
    @Nullable Set<CameraId> cameras, @Nullable Instant from, @Nullable Set<String> agencies) {
  public Reach {
    cameras = cameras == null ? null : Set.copyOf(cameras);
    agencies = agencies == null ? null : Set.copyOf(agencies);
  }
}
