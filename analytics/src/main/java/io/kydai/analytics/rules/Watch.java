package io.kydai.analytics.rules;

/**
 * Time that was watched: of the time between two frames one second at most, so that what happens
 * while a camera is away counts neither for nor against anybody.
 */
final class Watch {
  private static final long MOST = Moment.seconds(1);
  private static final long BLIND = Moment.seconds(300);

  private boolean began;
  private long last;
  private long watched;

  /**
   * The next frame came.
   *
   * @return ticks that were watched since the one before
   */
  long passes(long mediaTime) {
    long step = began ? Math.max(0, Math.min(MOST, mediaTime - last)) : 0;
    began = true;
    last = mediaTime;
    watched += step;
    return step;
  }

  /** Whether so long was not watched that nobody knows who is who: more than five minutes. */
  boolean blind(long mediaTime) {
    return began && mediaTime - last > BLIND;
  }

  /** Ticks that were watched up to now. */
  long watched() {
    return watched;
  }
}
