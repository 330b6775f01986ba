package io.kydai.streaming.mp4;

import io.kydai.ingest.media.MediaTime;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One fragment of a file that {@link FragmentGroup} wrote, with the places of its bytes.
 *
 * @param offset of its first box in the file, in bytes
 * @param mediaOffset of the first coded picture in the file, in bytes
 * @param end of its last byte in the file, exclusive
 * @param decodeTime of its first picture, 1/90000 s from the file's beginning
 * @param mediaTime of its first picture, 1/90000 s from the file's beginning
 * @param wallClock at which the first picture was taken
 * @param takenByCamera whether that is the camera's clock; else it is this machine's at arrival
 * @param samples the pictures in decoding order, at least one
 * @param sound that belongs to them; null where there is none, or it is of no interest
 */
public record RecordedFragment(
    long offset,
    long mediaOffset,
    long end,
    long decodeTime,
    long mediaTime,
    Instant wallClock,
    boolean takenByCamera,
    Samples samples,
    @Nullable Sound sound) {

  /**
   * The sound of a fragment; all arrays have the same length and must not be changed.
   *
   * @param offset of its first byte in the file
   * @param decodeTime of its first frame, in ticks of its track from the file's beginning
   * @param durations of its frames, in the same ticks
   * @param sizes in bytes
   */
  public record Sound(long offset, long decodeTime, int[] durations, int[] sizes) {
    /** When its last frame has ended, in ticks of its track. */
    public long endTime() {
      long sum = decodeTime;
      for (int duration : durations) {
        sum += duration;
      }
      return sum;
    }

    /**
     * Returns what of it may be heard in another place.
     *
     * @param at the time of its first frame there
     * @param earliest before which no frame may begin; those that would are left out
     * @return null where nothing is left
     */
    public @Nullable Sound at(long at, long earliest) {
      long time = at;
      long place = offset;
      int left = 0;
      while (left < sizes.length && time < earliest) {
        time += durations[left];
        place += sizes[left];
        left++;
      }
      return left == sizes.length
          ? null
          : new Sound(
              place,
              time,
              Arrays.copyOfRange(durations, left, sizes.length),
              Arrays.copyOfRange(sizes, left, sizes.length));
    }
  }

  /**
   * The pictures of a fragment; all arrays have the same length and must not be changed.
   *
   * @param durations 1/90000 s
   * @param sizes in bytes
   * @param keyFrames whether decoding can begin there
   * @param compositionOffsets from decode to presentation, 1/90000 s, never negative
   */
  public record Samples(
      long[] durations, int[] sizes, boolean[] keyFrames, long[] compositionOffsets) {
    /** The number of pictures. */
    public int count() {
      return durations.length;
    }

    /** How long the pictures last together, 1/90000 s. */
    public long duration() {
      long sum = 0;
      for (long duration : durations) {
        sum += duration;
      }
      return sum;
    }
  }

  /**
   * Returns the fragment with other durations of its pictures.
   *
   * @param durations 1/90000 s, one for each picture; not to be changed afterwards
   */
  public RecordedFragment lasting(long[] durations) {
    return new RecordedFragment(
        offset,
        mediaOffset,
        end,
        decodeTime,
        mediaTime,
        wallClock,
        takenByCamera,
        new Samples(durations, samples.sizes(), samples.keyFrames(), samples.compositionOffsets()),
        sound);
  }

  /** Returns the fragment with another sound, or with none. */
  public RecordedFragment with(@Nullable Sound other) {
    return new RecordedFragment(
        offset, mediaOffset, end, decodeTime, mediaTime, wallClock, takenByCamera, samples, other);
  }

  /** The bytes of the pictures. */
  public long pictureBytes() {
    long sum = 0;
    for (int size : samples.sizes()) {
      sum += size;
    }
    return sum;
  }

  /** The bytes from the first picture to the end of what is of interest. */
  public long mediaBytes() {
    return sound == null ? pictureBytes() : end - mediaOffset;
  }

  /** Whether decoding can begin with its first picture. */
  public boolean keyFrame() {
    return samples.keyFrames()[0];
  }

  /** When its last picture has ended by the clock of {@link #wallClock}. */
  public Instant wallClockEnd() {
    return wallClock.plusNanos(MediaTime.nanos(samples.duration()));
  }
}
