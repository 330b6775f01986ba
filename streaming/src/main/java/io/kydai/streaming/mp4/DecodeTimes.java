package io.kydai.streaming.mp4;

import io.kydai.ingest.AccessUnit;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Gives a live stream's access units decode times, without waiting for the next one.
 *
 * <p>A camera says when a picture is shown, MP4 also wants to know when it is decoded. Where
 * nothing is reordered the two are the same. With B-pictures, a picture that is shown {@code n}
 * pictures later than it arrives makes the {@code n}-th smallest presentation time still
 * outstanding the decode time: a heap of the last {@code n} presentation times, of which the
 * smallest leaves for each that enters. {@code n} is learned from the stream (at most 16, H.264's
 * bound), so that the first B-pictures of a camera's life have decode times after their
 * presentation (allowed by {@code trun} version 1), and all later ones do not.
 *
 * <p>A browser takes a step of more than twice the last picture's duration for a discontinuity, and
 * then shows nothing up to the next key frame (Media Source Extensions, "coded frame processing",
 * step 7). Cameras that skip pictures or lower their rate in the dark make such steps, and the
 * duration of a picture that has left cannot be changed any more. So decode times take a longer way
 * in strides that a browser accepts, and are back with the presentation times some pictures later.
 * Those more than 30 s behind jump.
 *
 * <p>Guarantees: decode times rise strictly and are at least 0; presentation times are never
 * touched. One thread at a time.
 */
public final class DecodeTimes {
  private static final int MOST_REORDERED = 16;
  private static final long FIRST_DURATION = AccessUnit.TICKS_PER_SECOND / 25;
  private static final long SHORTEST = AccessUnit.TICKS_PER_SECOND / 1000;
  private static final long LONGEST = 10 * AccessUnit.TICKS_PER_SECOND;
  private static final long FURTHEST_BEHIND = 30 * AccessUnit.TICKS_PER_SECOND;

  private final PriorityQueue<Long> outstanding = new PriorityQueue<>();
  private final long[] recent = new long[MOST_REORDERED];
  private int reordered;
  private long last = -1;
  private long lastInTime;
  private long duration = FIRST_DURATION;

  public DecodeTimes() {
    Arrays.fill(recent, Long.MIN_VALUE);
  }

  /**
   * The decode time of the next access unit in decoding order, 1/90000 s.
   *
   * @param afresh whether it has nothing to do with the one before, as after a gap
   */
  public long next(long mediaTime, boolean afresh) {
    boolean first = last < 0 || afresh;
    if (first) {
      Arrays.fill(recent, Long.MIN_VALUE);
      outstanding.clear();
      for (int i = reordered; i > 0; i--) {
        outstanding.add(mediaTime - i * duration);
      }
    }
    outstanding.add(mediaTime);
    int depth = depthOf(mediaTime);
    long estimate;
    if (depth > reordered) {
      reordered++;
      estimate = last + 1;
    } else {
      estimate = outstanding.remove();
    }
    long inTime = Math.max(estimate, last + 1);
    if (first) {
      last = inTime;
      lastInTime = inTime;
    } else {
      last = inStrides(inTime);
      learn(inTime - lastInTime);
      lastInTime = Math.max(lastInTime, inTime);
    }
    return last;
  }

  private long inStrides(long inTime) {
    long stride = last + 2 * duration - SHORTEST;
    return inTime <= stride || inTime - stride > FURTHEST_BEHIND ? inTime : stride;
  }

  /**
   * A single long step is more likely a gap than a new rate, so it at most doubles the duration.
   */
  private void learn(long step) {
    if (step >= SHORTEST) {
      duration = Math.min(Math.min(step, 2 * duration), LONGEST);
    }
  }

  /**
   * How long the newest access unit is taken to last, 1/90000 s: as long as the one before, since
   * the next is not here yet.
   */
  public long duration() {
    return duration;
  }

  /** How many of the recent pictures are shown after this one although they came before it. */
  private int depthOf(long mediaTime) {
    int depth = 0;
    for (long time : recent) {
      if (time > mediaTime) {
        depth++;
      }
    }
    System.arraycopy(recent, 1, recent, 0, recent.length - 1);
    recent[recent.length - 1] = mediaTime;
    return depth;
  }
}
