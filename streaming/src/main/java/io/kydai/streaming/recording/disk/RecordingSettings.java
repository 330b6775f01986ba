package io.kydai.streaming.recording.disk;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where recordings are written and how much room they take.
 *
 * @param folder of all recordings
 * @param mostBytes of all recordings together; positive
 * @param leastFreeBytes that the disk keeps free; 0 or more
 * @param segment how long a file is, up to the next key frame; positive
 */
public record RecordingSettings(
    Path folder, long mostBytes, long leastFreeBytes, Duration segment) {
  /**
   * @throws IllegalArgumentException when a value is not positive or, of the free space, negative
   */
  public RecordingSettings {
    requireNonNull(folder);
    if (mostBytes < 1 || leastFreeBytes < 0 || segment.isNegative() || segment.isZero()) {
      throw new IllegalArgumentException("spans and sizes of recordings must be positive");
    }
  }
}
