package io.kydai.streaming.recording.retention;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The room of the recordings.
 *
 * @param usedBytes of all recordings
 * @param freeBytes that can be written to the disk
 * @param roomBytes until the oldest recordings make room for new ones, by size or by free space; 0
 *     where they do now
 * @param bytesPerDay the rate of the last 24 hours; null where too little was recorded to say
 * @param fullInDays after how many days the oldest recordings will make room before their time;
 *     null where that is not known, or not within {@value RecordingForecast#MOST_DAYS} days
 * @param full whether nothing is recorded, since the disk is full of what must not be deleted
 * @param at of when this is
 */
public record RecordingStorage(
    long usedBytes,
    long freeBytes,
    long roomBytes,
    @Nullable Long bytesPerDay,
    @Nullable Double fullInDays,
    boolean full,
    Instant at) {
  public RecordingStorage {
    requireNonNull(at);
  }
}
