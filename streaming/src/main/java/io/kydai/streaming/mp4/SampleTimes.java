package io.kydai.streaming.mp4;

import io.kydai.ingest.AccessUnit;
import java.util.Arrays;

/**
 * Exact decode times for a bounded list of pictures: the presentation times in rising order,
 * delayed as much as reordering asks for. All in ticks, from the earliest picture on.
 *
 * @param durations of each sample in decoding order: up to the next one's decode time
 * @param offsets from decode to presentation of each sample, never negative
 * @param delay from the first decode time to the first presentation
 * @param shown how long the presentation lasts
 */
record SampleTimes(long[] durations, long[] offsets, long delay, long shown) {
  /** The last picture's duration is a guess from the one before, which may stand before a gap. */
  private static final long LONGEST_LAST = AccessUnit.TICKS_PER_SECOND;

  /**
   * @param presentation times in decoding order, not empty
   * @param onlyDuration how long a lone picture lasts
   */
  static SampleTimes of(long[] presentation, long onlyDuration) {
    int count = presentation.length;
    long[] decode = presentation.clone();
    Arrays.sort(decode);
    long first = decode[0];
    for (int i = 1; i < count; i++) {
      // Two pictures of one time would stand still; a tick apart they do not.
      decode[i] = Math.max(decode[i], decode[i - 1] + 1);
    }
    long delay = 0;
    for (int i = 0; i < count; i++) {
      delay = Math.max(delay, decode[i] - presentation[i]);
    }
    long[] durations = new long[count];
    long[] offsets = new long[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = presentation[i] - decode[i] + delay;
      durations[i] = i + 1 < count ? decode[i + 1] - decode[i] : 0;
    }
    durations[count - 1] = count > 1 ? Math.min(durations[count - 2], LONGEST_LAST) : onlyDuration;
    return new SampleTimes(
        durations, offsets, delay, decode[count - 1] + durations[count - 1] - first);
  }

  /** How long the media lasts by decode times. */
  long decoded() {
    return Arrays.stream(durations).sum();
  }
}
