package io.kydai.console.http.api.cases;

import io.kydai.console.cases.Cases;
import io.kydai.console.cases.ExportedCase;
import io.kydai.streaming.privacy.BlurTarget;
import io.kydai.streaming.privacy.PrivacyMask;
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
    boolean boxes,
    boolean clock,
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
  /**
   * @param masks the ids of the masks that are filled in its pictures; null where none is
   * @param blur what is blurred; null where nothing is
   */
  record CameraAnswer(
      String id, String name, @Nullable List<String> masks, @Nullable List<BlurTarget> blur) {
    static CameraAnswer of(ExportedCase.Camera camera) {
      List<String> masks = camera.hidden().masks().stream().map(PrivacyMask::id).toList();
      List<BlurTarget> blur = List.copyOf(camera.hidden().blur());
      return new CameraAnswer(
          camera.id().value(),
          camera.name(),
          masks.isEmpty() ? null : masks,
          blur.isEmpty() ? null : blur);
    }
  }

  static CaseAnswer of(ExportedCase one, Cases cases) {
    Cases.Progress progress = cases.progress(one.id()).orElse(null);
    ExportedCase.Wish wish = one.wish();
    return new CaseAnswer(
        one.id(),
        wish.title(),
        wish.reason(),
        wish.notes(),
        wish.cameras().stream().map(CameraAnswer::of).toList(),
        wish.from(),
        wish.to(),
        wish.boxes(),
        wish.clock(),
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
