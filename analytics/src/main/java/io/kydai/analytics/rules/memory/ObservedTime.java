package io.kydai.analytics.rules.memory;

import io.kydai.ingest.media.MediaTime;

/**
 * A clock of observed media time, in ticks of 1/90000 s: the step between two frames counts for one
 * second at most, so that the time in which a camera is away counts neither for nor against
 * anybody.
 */
public final class ObservedTime {
  private static final long MOST = MediaTime.ticksOfSeconds(1);
  private static final long BLIND = MediaTime.ticksOfSeconds(300);

  private boolean began;
  private long last;
  private long watched;

  /**
   * The next frame came.
   *
   * @return ticks that were watched since the one before
   */
  public long passes(long mediaTime) {
    long step = began ? Math.max(0, Math.min(MOST, mediaTime - last)) : 0;
    began = true;
    last = mediaTime;
    watched += step;
    return step;
  }

  /**
   * Returns whether so long was not watched that nobody knows who is who: more than five minutes.
   */
  public boolean blind(long mediaTime) {
    return began && mediaTime - last > BLIND;
  }

  /** Ticks that were watched up to now. */
  public long watched() {
    return watched;
  }
}
