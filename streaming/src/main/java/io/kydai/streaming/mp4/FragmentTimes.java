package io.kydai.streaming.mp4;

import io.kydai.ingest.media.MediaTime;

/**
 * Gives a live stream's fragments decode times that a browser takes, and durations, without waiting
 * for the next access unit.
 *
 * <p>A browser takes a step of more than two durations for a break and throws pictures away up to
 * the next key frame (Media Source Extensions, "coded frame processing", step 1.6). Where a camera
 * stumbles, the fragments' decode times therefore lag behind the access units', in steps that are
 * small enough, and catch up. Earlier than it has to be is no harm: browsers decode what they get
 * when they get it, and show it by its presentation time.
 *
 * <p>Guarantees: decode times rise strictly, are at least 0, never later than the access unit's
 * own, and step by no more than twice the duration given before, but for a gap. Presentation times
 * are never touched. One thread at a time.
 */
public final class FragmentTimes {
  private static final long FIRST_DURATION = MediaTime.ticksOfMillis(40);
  private static final long SHORTEST = MediaTime.ticksOfMillis(1);
  private static final long LONGEST = MediaTime.ticksOfSeconds(10);

  private long last = -1;
  private long duration = FIRST_DURATION;

  /**
   * The decode time of the next access unit's fragment, 1/90000 s.
   *
   * @param decodeTime the access unit's own, later than that of the one before
   * @param afresh whether it has nothing to do with the one before, as after a gap
   */
  public long next(long decodeTime, boolean afresh) {
    long time = Math.max(decodeTime, last + 1);
    if (last >= 0 && !afresh) {
      time = Math.min(time, last + 2 * duration);
      long step = time - last;
      if (step >= SHORTEST && step <= LONGEST) {
        duration = step;
      }
    }
    last = time;
    return time;
  }

  /**
   * How long the newest access unit is taken to last, 1/90000 s: as long as the step before it,
   * since the next one is not here yet.
   */
  public long duration() {
    return duration;
  }
}
