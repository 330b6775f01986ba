package io.kydai.analytics.rules.memory;

import io.kydai.analytics.observation.Timestamp;

/**
 * Time that was watched: of the time between two frames one second at most, so that what happens
 * while a camera is away counts neither for nor against anybody.
 */
public final class ObservedTime {
  private static final long MOST = Timestamp.seconds(1);
  private static final long BLIND = Timestamp.seconds(300);

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

  /** Whether so long was not watched that nobody knows who is who: more than five minutes. */
  public boolean blind(long mediaTime) {
    return began && mediaTime - last > BLIND;
  }

  /** Ticks that were watched up to now. */
  public long watched() {
    return watched;
  }
}
