package io.kydai.analytics.motion;

import io.kydai.analytics.Observation;
import io.kydai.analytics.Track;
import io.kydai.ingest.AccessUnit;

/**
 * How often a camera has to be looked at for want of motion. Any thread.
 *
 * <ul>
 *   <li>While something moves, and for {@value #QUIET_SECONDS} s after: as often as ever.
 *   <li>While nothing moves and nothing is known to be there: the idle rate.
 *   <li>While nothing moves and something stands there: {@value #STANDING} times the idle rate. A
 *       track is given up after three seconds without a detection, so that one whose detections are
 *       weak gets some ten chances until then.
 * </ul>
 *
 * The first picture with motion ends it, and so does a track that was not there before: the network
 * may see what the grey samples do not.
 */
public final class Stillness {
  static final int QUIET_SECONDS = 3;
  static final int STANDING = 3;
  private static final long QUIET = QUIET_SECONDS * AccessUnit.TICKS_PER_SECOND;

  private final double idleFps;
  private long lastMotion;
  private long lastTrack;
  private boolean begun;
  private boolean still;
  private boolean tracked;
  private long newestTrack;

  /**
   * @param idleFps frames per second while nothing moves, above 0
   */
  public Stillness(double idleFps) {
    this.idleFps = idleFps;
  }

  /**
   * The next picture.
   *
   * @return whether it ended a stillness
   */
  public synchronized boolean seen(MotionMap motion, long mediaTime) {
    boolean back = begun && mediaTime < lastMotion; // Media time began anew.
    boolean moves = !begun || back || !motion.still();
    boolean ended = still && moves;
    if (moves) {
      begun = true;
      lastMotion = mediaTime;
      tracked &= !back;
    }
    still = mediaTime - lastMotion >= QUIET;
    return ended;
  }

  /** What the network and the tracker made of a picture. */
  public synchronized void observed(Observation observation) {
    for (Track track : observation.tracks()) {
      tracked = true;
      lastTrack = observation.mediaTime();
      if (track.id() > newestTrack) {
        newestTrack = track.id();
        lastMotion = Math.max(lastMotion, observation.mediaTime());
        still = false;
      }
    }
  }

  /**
   * Frames per second that there is use for.
   *
   * @param mediaTime of the newest picture
   * @return infinity while something moves
   */
  public synchronized double fps(long mediaTime) {
    if (!still) {
      return Double.POSITIVE_INFINITY;
    }
    boolean standing = tracked && mediaTime - lastTrack <= QUIET;
    return standing ? STANDING * idleFps : idleFps;
  }
}
