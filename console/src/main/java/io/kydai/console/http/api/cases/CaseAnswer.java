package io.kydai.console.http.api.cases;

import io.kydai.console.cases.Cases;
import io.kydai.console.cases.ExportedCase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract's {@code Case}. */
record CaseAnswer(
    String id,
    String title,
    String reason,
    String notes,
    List<CameraAnswer> cameras,
    Instant from,
    Instant to,
    String actor,
    Instant createdAt,
    ExportedCase.State state,
    ExportedCase.@Nullable Failure failure,
    @Nullable Instant finishedAt,
    @Nullable Instant expiresAt,
    @Nullable Long size,
    @Nullable String sha256,
    @Nullable Long doneBytes,
    @Nullable Long totalBytes) {
  record CameraAnswer(String id, String name) {}

  static CaseAnswer of(ExportedCase one, Cases cases) {
    Cases.Progress progress = cases.progress(one.id()).orElse(null);
    ExportedCase.Wish wish = one.wish();
    return new CaseAnswer(
        one.id(),
        wish.title(),
        wish.reason(),
        wish.notes(),
        wish.cameras().stream()
            .map(camera -> new CameraAnswer(camera.id().value(), camera.name()))
            .toList(),
        wish.from(),
        wish.to(),
        one.actor(),
        one.createdAt(),
        one.state(),
        one.failure(),
        one.finishedAt(),
        one.expiresAt(),
        one.size(),
        one.sha256(),
        progress == null ? null : progress.done(),
        progress == null ? null : progress.total());
  }
}
