package io.kydai.console.config.camera;

import org.jspecify.annotations.Nullable;

/**
 * How long a camera's recordings are kept, and what becomes of them before.
 *
 * @param days the age at which those of the main stream are deleted, or of the only one, 1 to 3,650
 *     days
 * @param subDays the age at which those of the sub-stream are; null for the same
 * @param thinDays the age at which they are thinned to key frames, 0 for never; null for that of
 *     the storage
 * @param archiveDays the age at which they are moved to the archive, 0 for never; null for that of
 *     the storage
 */
public record RetentionConfig(
    int days,
    @Nullable Integer subDays,
    @Nullable Integer thinDays,
    @Nullable Integer archiveDays) {
  /** Returns the age at which nothing of the camera is left. */
  public int longestDays() {
    return subDays == null ? days : Math.max(days, subDays);
  }
}
