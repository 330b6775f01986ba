package io.kydai.ingest.clock;

import io.kydai.ingest.media.MediaTime;
import java.util.PriorityQueue;

/**
 * Gives pictures their decode times. RTP carries only when a picture is shown (RFC 6184, section
 * 5.1); a muxer also wants to know when it is decoded.
 *
 * <p>Where up to <i>n</i> pictures overtake another, the smallest of the last <i>n</i> + 1
 * presentation times leaves for each that enters. <i>n</i> is what the parameter sets say or, where
 * they say nothing, 0 until a picture is seen to come late; that one, and those that overtake the
 * same picture with it, are then shown late. What is learnt holds for the camera's later
 * connections too.
 *
 * <p>Guarantees: decode times are at least 0 and rise strictly; where <i>n</i> was right, none is
 * later than its presentation. Bounded: <i>n</i> is at most 16, as in the standards.
 */
public final class DecodeTimes {
  private static final int MOST_REORDERED = 16;
  private static final long FIRST_STEP = MediaTime.TICKS_PER_SECOND / 25;

  private final PriorityQueue<Long> outstanding = new PriorityQueue<>();
  private final long[] newest = new long[MOST_REORDERED];
  private int known;
  private int learnt;
  private long last = -1;

  /**
   * The decode time of the next picture in decoding order. Where it is later than the presentation,
   * the picture came too late to be shown when it should be.
   *
   * @param mediaTime of its presentation, 1/90000 s
   * @param reorderDepth how many pictures may overtake it, as far as is known; 0 otherwise
   * @param afresh whether all pictures before it are shown before it
   */
  public long next(long mediaTime, int reorderDepth, boolean afresh) {
    if (afresh) {
      outstanding.clear();
      known = 0;
    }
    learn(mediaTime);
    int depth = Math.min(MOST_REORDERED, Math.max(reorderDepth, learnt));
    for (int i = depth - outstanding.size(); i > 0; i--) {
      outstanding.add(known == 0 ? mediaTime - i * FIRST_STEP : last);
    }
    while (outstanding.size() > depth) {
      outstanding.remove();
    }
    outstanding.add(mediaTime);
    remember(mediaTime);
    last = Math.max(outstanding.remove(), last + 1);
    return last;
  }

  private void learn(long mediaTime) {
    int overtaken = 0;
    for (int i = 0; i < known; i++) {
      overtaken += newest[i] > mediaTime ? 1 : 0;
    }
    learnt = Math.max(learnt, overtaken);
  }

  private void remember(long mediaTime) {
    if (known == MOST_REORDERED) {
      System.arraycopy(newest, 1, newest, 0, MOST_REORDERED - 1);
      known--;
    }
    newest[known++] = mediaTime;
  }

  /** What looked like reordering was a clock that was set. */
  void forget() {
    learnt = 0;
  }

  /** Whether a picture was ever seen to be overtaken. */
  boolean reorders() {
    return learnt > 0;
  }
}
