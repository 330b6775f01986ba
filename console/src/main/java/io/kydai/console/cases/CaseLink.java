package io.kydai.console.cases;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link by which somebody without an account downloads a case.
 *
 * @param id a ULID, which is no secret
 * @param exportedCase the id of its case
 * @param reason for whom and why, in words
 * @param actor the name of the account or token that made it
 * @param mostDownloads after which it has no use
 * @param lastUsedAt null where it was not used
 * @param revokedAt null where it was not revoked
 */
public record CaseLink(
    String id,
    String exportedCase,
    String reason,
    String actor,
    Instant createdAt,
    Instant expiresAt,
    int mostDownloads,
    int downloads,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {
  public CaseLink {
    requireNonNull(id);
    requireNonNull(exportedCase);
    requireNonNull(reason);
    requireNonNull(actor);
    requireNonNull(createdAt);
    requireNonNull(expiresAt);
  }

  /** Returns whether what was begun by it may go on. */
  boolean holds(Instant now) {
    return revokedAt == null && now.isBefore(expiresAt);
  }

  /** Returns whether a download may begin. */
  boolean hasUse(Instant now) {
    return holds(now) && downloads < mostDownloads;
  }
}
