package io.kydai.streaming.recording.disk;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where recordings are written and how much room they take.
 *
 * @param folders of the recordings, each on a disk of its own; at least one
 * @param archive folders on disks to which recordings are moved when they are old; often none
 * @param mostBytes of all recordings together; positive
 * @param leastFreeBytes that each disk keeps free; 0 or more
 * @param segment how long a file is, up to the next key frame; positive
 */
public record RecordingSettings(
    List<Path> folders, List<Path> archive, long mostBytes, long leastFreeBytes, Duration segment) {
  /**
   * @throws IllegalArgumentException when there is no folder, or a value is not positive or, of the
   *     free space, negative
   */
  public RecordingSettings {
    folders = List.copyOf(folders);
    archive = List.copyOf(archive);
    requireNonNull(segment);
    if (folders.isEmpty()
        || mostBytes < 1
        || leastFreeBytes < 0
        || segment.isNegative()
        || segment.isZero()) {
      throw new IllegalArgumentException("spans and sizes of recordings must be positive");
    }
  }

  /** Creates settings for one folder. */
  public RecordingSettings(Path folder, long mostBytes, long leastFreeBytes, Duration segment) {
    this(List.of(folder), List.of(), mostBytes, leastFreeBytes, segment);
  }
}
