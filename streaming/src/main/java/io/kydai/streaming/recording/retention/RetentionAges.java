package io.kydai.streaming.recording.retention;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * At which ages something becomes of a camera's recordings.
 *
 * @param keep at which they are deleted
 * @param thin at which they are thinned to key frames; null for never
 * @param archive at which they are moved to the archive, where there is one; null for never
 */
public record RetentionAges(Duration keep, @Nullable Duration thin, @Nullable Duration archive) {
  public RetentionAges {
    requireNonNull(keep);
  }

  /** Keeps recordings as they are up to an age. */
  public static RetentionAges keeping(Duration keep) {
    return new RetentionAges(keep, null, null);
  }
}
