package io.kydai.streaming.mp4;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import java.util.Arrays;
import java.util.List;

/**
 * The decode and presentation times of a bounded list of access units as an index of samples has
 * them, in ticks of 1/90000 s from the first decode time on.
 *
 * @param durations of each sample in decoding order: up to the next one's decode time
 * @param offsets from decode to presentation of each sample, never negative
 * @param delay from the first decode time to the first presentation
 * @param shown how long the presentation lasts
 */
record SampleTimes(long[] durations, long[] offsets, long delay, long shown) {
  /** The most that the last picture lasts; the one before it, by which it is taken, may be long. */
  private static final long LONGEST_LAST = MediaTime.ticksOfSeconds(1);

  /**
   * Computes the times of access units.
   *
   * @param units in decoding order, not empty
   * @param onlyDuration how long a lone picture lasts
   */
  static SampleTimes of(List<AccessUnit> units, long onlyDuration) {
    int count = units.size();
    long[] durations = new long[count];
    long[] offsets = new long[count];
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      AccessUnit unit = units.get(i);
      offsets[i] = unit.mediaTime() - unit.decodeTime();
      durations[i] = i + 1 < count ? units.get(i + 1).decodeTime() - unit.decodeTime() : 0;
      first = Math.min(first, unit.mediaTime());
      last = Math.max(last, unit.mediaTime());
    }
    durations[count - 1] = count > 1 ? Math.min(durations[count - 2], LONGEST_LAST) : onlyDuration;
    return new SampleTimes(
        durations, offsets, first - units.get(0).decodeTime(), last - first + durations[count - 1]);
  }

  /** Whether a picture is shown later than it is decoded. */
  boolean reordered() {
    return Arrays.stream(offsets).anyMatch(offset -> offset != 0);
  }

  /** How long the media lasts by decode times. */
  long decoded() {
    return Arrays.stream(durations).sum();
  }
}
