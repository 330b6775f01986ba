package io.kydai.streaming.recording.index;

import static java.util.Objects.requireNonNull;

/**
 * A disk that the index has heard of.
 *
 * @param id by which segments name it; an empty text for those that are older than disks' ids
 * @param folder where it was when it was opened last, an absolute path
 * @param segments how many the index has on it
 * @param bytes of these together
 */
public record KnownDisk(String id, String folder, long segments, long bytes) {
  public KnownDisk {
    requireNonNull(id);
    requireNonNull(folder);
  }
}
