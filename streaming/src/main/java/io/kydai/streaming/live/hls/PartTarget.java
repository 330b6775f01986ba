package io.kydai.streaming.live.hls;

import io.kydai.ingest.media.MediaTime;
import java.util.Arrays;

/**
 * How long parts are. All but a segment's last one, and those in which decoding can begin, last at
 * least 85% of the part target duration, and none longer than it (rfc8216bis, section 4.4.4.9):
 * with pictures as long as those of a slow camera, only few durations are possible. So the target
 * is a whole number of pictures and 8% more, some {@value #WANTED_MILLIS} ms, and is set once for a
 * stream.
 *
 * @param ticks the part target duration, 1/90000 s, a whole number of milliseconds
 */
record PartTarget(long ticks) {
  static final int WANTED_MILLIS = 240;

  private static final long TICKS_OF_MILLI = MediaTime.ticksOfMillis(1);
  private static final long SHORTEST = MediaTime.ticksOfMillis(200);
  private static final long LONGEST = MediaTime.ticksOfMillis(1_500);

  /**
   * Chooses the target for a stream.
   *
   * @param steps between the decode times of its first pictures, 1/90000 s, at least one
   */
  static PartTarget of(long[] steps) {
    long[] sorted = steps.clone();
    Arrays.sort(sorted);
    long step = Math.max(1, sorted[sorted.length / 2]);
    long pictures = Math.max(1, Math.round(MediaTime.ticksOfMillis(WANTED_MILLIS) / (double) step));
    long millis = -Math.floorDiv(-pictures * step * 108, 100 * TICKS_OF_MILLI);
    return new PartTarget(Math.min(LONGEST, Math.max(SHORTEST, millis * TICKS_OF_MILLI)));
  }

  /** Whether a part of this duration is as long as the rule wants it; a little more is left. */
  boolean isEnough(long duration) {
    return duration * 100 >= ticks * 86;
  }
}
