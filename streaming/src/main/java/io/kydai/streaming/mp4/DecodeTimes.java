package io.kydai.streaming.mp4;

import io.kydai.ingest.AccessUnit;
import java.util.PriorityQueue;

/**
 * Gives a live stream's access units decode times, without waiting for the next one.
 *
 * <p>A camera says when a picture is shown; MP4 also wants to know when it is decoded. Of the last
 * 16 presentation times (no H.264 picture is overtaken by more) the smallest leaves for each that
 * enters: that is the decode time. It rises with the pictures and is never later than the
 * presentation, in whatever order B-pictures come. It lies some pictures in the past, which delays
 * nothing: browsers decode what they get when they get it, and show it by its presentation time.
 *
 * <p>A browser takes a step of more than two durations for a break and throws pictures away up to
 * the next key frame (Media Source Extensions, "coded frame processing", step 1.6). Where a camera
 * stumbles, decode times therefore go on in steps that are small enough, and catch up.
 *
 * <p>Guarantees: decode times rise strictly, are at least 0, and step by no more than twice the
 * duration given before, but for a gap. Presentation times are never touched. One thread at a time.
 */
public final class DecodeTimes {
  private static final int MOST_REORDERED = 16;
  private static final long FIRST_DURATION = AccessUnit.TICKS_PER_SECOND / 25;
  private static final long SHORTEST = AccessUnit.TICKS_PER_SECOND / 1000;
  private static final long LONGEST = AccessUnit.TICKS_PER_SECOND * 10;

  private final PriorityQueue<Long> outstanding = new PriorityQueue<>();
  private long last = -1;
  private long duration = FIRST_DURATION;

  /**
   * The decode time of the next access unit in decoding order, 1/90000 s.
   *
   * @param afresh whether it has nothing to do with the one before, as after a gap
   */
  public long next(long mediaTime, boolean afresh) {
    boolean first = last < 0 || afresh;
    if (first) {
      outstanding.clear();
      for (int i = MOST_REORDERED; i > 0; i--) {
        outstanding.add(mediaTime - i * duration);
      }
    }
    outstanding.add(mediaTime);
    long time = Math.max(outstanding.remove(), last + 1);
    if (!first) {
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
