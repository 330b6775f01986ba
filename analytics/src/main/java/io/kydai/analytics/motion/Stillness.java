package io.kydai.analytics.motion;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import java.util.HashSet;
import java.util.Set;

/**
 * How often a camera has to be looked at for want of motion. Any thread.
 *
 * <ul>
 *   <li>While something moves, and for {@value #QUIET_SECONDS} s after: as often as ever.
 *   <li>While nothing moves and nothing is known to be there: the idle rate.
 *   <li>While nothing moves and something stands there, or an alert is open: {@value #STANDING_FPS}
 *       frames per second, or the idle rate where that is higher. Rules begin to count anew when
 *       what they watch was unseen for a second, so one frame without it must not be all that there
 *       was in that second; and they count the seconds until an alert is over.
 * </ul>
 *
 * The first picture with motion ends it, and so does an observation of other tracks than the one
 * before: the network sees what the grey samples do not, or it is not sure of what it sees and has
 * to look more often.
 */
public final class Stillness {
  static final int QUIET_SECONDS = 1;
  static final double STANDING_FPS = 3;
  private static final long QUIET = MediaTime.ticksOfSeconds(QUIET_SECONDS);

  private final double idleFps;
  private long lastMotion;
  private boolean begun;
  private boolean still;
  // No more than the tracker shows.
  private Set<Long> seenTracks = Set.of();

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
    boolean anew = !begun || mediaTime < lastMotion; // Media time may step back.
    boolean ended = still && (anew || !motion.still());
    if (anew || !motion.still()) {
      begun = true;
      lastMotion = mediaTime;
    }
    still = mediaTime - lastMotion >= QUIET;
    return ended;
  }

  /** What the network and the tracker made of a picture. */
  public synchronized void observed(Observation observation) {
    Set<Long> now = new HashSet<>();
    for (Track track : observation.tracks()) {
      if (track.seen()) {
        now.add(track.id());
      }
    }
    if (!now.equals(seenTracks)) {
      seenTracks = now;
      lastMotion = Math.max(lastMotion, observation.mediaTime());
      still = false;
    }
  }

  /**
   * Frames per second that there is use for.
   *
   * @param alerted whether an alert is open
   * @return infinity while something moves
   */
  public synchronized double fps(boolean alerted) {
    if (!still) {
      return Double.POSITIVE_INFINITY;
    }
    return seenTracks.isEmpty() && !alerted ? idleFps : Math.max(STANDING_FPS, idleFps);
  }
}
