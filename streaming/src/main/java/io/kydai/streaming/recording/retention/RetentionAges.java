package io.kydai.streaming.recording.retention;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.StreamRole;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * At which ages something becomes of a camera's recordings.
 *
 * @param keep at which those of the main stream are deleted, or of the only one
 * @param keepSub at which those of the sub-stream are
 * @param thin at which they are thinned to key frames; null for never
 * @param archive at which they are moved to the archive, where there is one; null for never
 */
public record RetentionAges(
    Duration keep, Duration keepSub, @Nullable Duration thin, @Nullable Duration archive) {
  public RetentionAges {
    requireNonNull(keep);
    requireNonNull(keepSub);
  }

  /** Keeps both streams to the same age. */
  public RetentionAges(Duration keep, @Nullable Duration thin, @Nullable Duration archive) {
    this(keep, keep, thin, archive);
  }

  /** Returns at which age the recordings of a stream are deleted. */
  public Duration keep(StreamRole stream) {
    return stream == StreamRole.SUB ? keepSub : keep;
  }

  /** Keeps recordings as they are up to an age. */
  public static RetentionAges keeping(Duration keep) {
    return new RetentionAges(keep, null, null);
  }
}
