package io.kydai.ingest.clock;

import io.kydai.ingest.media.MediaTime;
import java.util.PriorityQueue;

/**
 * Computes the decode times of pictures. RTP carries presentation times only (RFC 6184, section
 * 5.1), but a muxer also needs decode times.
 *
 * <p>When at most <i>n</i> pictures precede a picture in decoding order and follow it in
 * presentation order, the decode time of each picture is the smallest of the last <i>n</i> + 1
 * presentation times that was not yet used. <i>n</i> is the reorder depth of the parameter sets or,
 * where they give none, the largest one observed so far, initially 0. A picture that raises the
 * observed depth, and those that precede the same picture with it, get decode times later than
 * their presentation times. The observed depth is kept across the camera's connections.
 *
 * <p>Guarantees: decode times are at least 0 and strictly increase; while <i>n</i> is large enough,
 * none is later than the picture's presentation time. <i>n</i> is at most 16, as in ITU-T H.264 and
 * H.265.
 */
public final class DecodeTimes {
  private static final int MAX_REORDER_DEPTH = 16;
  private static final long FIRST_STEP = MediaTime.TICKS_PER_SECOND / 25;

  private final PriorityQueue<Long> outstanding = new PriorityQueue<>();
  private final long[] newest = new long[MAX_REORDER_DEPTH];
  private int known;

  /** The index in {@link #newest} of the next media time. */
  private int next;

  /** The highest media time of the coded sequence. */
  private long highest;

  private int observedDepth;
  private long last = -1;

  /**
   * Returns the decode time of the next picture in decoding order, in 1/90000 s. A decode time
   * later than the presentation time means that the presentation must be delayed to it.
   *
   * @param mediaTime the presentation time in 1/90000 s
   * @param reorderDepth the reorder depth that the parameter sets give; 0 where they give none
   * @param newSequence whether all earlier pictures are presented before this one
   */
  public long next(long mediaTime, int reorderDepth, boolean newSequence) {
    if (newSequence) {
      outstanding.clear();
      known = 0;
      next = 0;
    }
    boolean first = known == 0;
    observe(mediaTime);
    int depth = Math.min(MAX_REORDER_DEPTH, Math.max(reorderDepth, observedDepth));
    remember(mediaTime);
    if (depth == 0) {
      outstanding.clear();
      last = Math.max(mediaTime, last + 1);
      return last;
    }
    for (int i = depth - outstanding.size(); i > 0; i--) {
      outstanding.add(first ? mediaTime - i * FIRST_STEP : last);
    }
    while (outstanding.size() > depth) {
      outstanding.remove();
    }
    outstanding.add(mediaTime);
    last = Math.max(outstanding.remove(), last + 1);
    return last;
  }

  private void observe(long mediaTime) {
    if (known == 0 || mediaTime >= highest) {
      highest = mediaTime;
      return;
    }
    int overtaken = 0;
    for (int i = 0; i < known; i++) {
      overtaken += newest[i] > mediaTime ? 1 : 0;
    }
    observedDepth = Math.max(observedDepth, overtaken);
  }

  private void remember(long mediaTime) {
    newest[next] = mediaTime;
    next = (next + 1) % MAX_REORDER_DEPTH;
    known = Math.min(known + 1, MAX_REORDER_DEPTH);
  }

  /** Resets the observed reorder depth, because the timestamps jumped. */
  void forget() {
    observedDepth = 0;
  }

  /** Returns whether reordering was observed. */
  boolean reorders() {
    return observedDepth > 0;
  }
}
