package io.kydai.streaming.recording.retention;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The room of the recordings.
 *
 * @param usedBytes of all recordings
 * @param freeBytes that can be written to the disks that are there
 * @param roomBytes until the oldest recordings make room for new ones, by size or by free space; 0
 *     where they do now
 * @param bytesPerDay the rate of the last 24 hours; null where too little was recorded to say
 * @param fullInDays after how many days the oldest recordings will make room before their time;
 *     null where that is not known, or not within {@value RecordingForecast#MOST_DAYS} days
 * @param full whether nothing is recorded, since the disk is full of what must not be deleted
 * @param disks each of them, in the order of the configuration
 * @param at of when this is
 */
public record RecordingStorage(
    long usedBytes,
    long freeBytes,
    long roomBytes,
    @Nullable Long bytesPerDay,
    @Nullable Double fullInDays,
    boolean full,
    List<Disk> disks,
    Instant at) {
  /**
   * One disk.
   *
   * @param folder where it is, or should be
   * @param fault why it is not used; null where it is
   * @param usedBytes of its recordings
   * @param freeBytes that could be written when it was looked at last
   * @param full whether it takes nothing, since it is full of what must not be deleted
   */
  public record Disk(
      String id,
      String folder,
      @Nullable String fault,
      long usedBytes,
      long freeBytes,
      boolean full) {
    public Disk {
      requireNonNull(id);
      requireNonNull(folder);
    }
  }

  public RecordingStorage {
    disks = List.copyOf(disks);
    requireNonNull(at);
  }
}
