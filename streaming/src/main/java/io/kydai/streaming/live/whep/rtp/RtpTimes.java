package io.kydai.streaming.live.whep.rtp;

/**
 * Gives pictures the timestamps of RTP (RFC 3550, section 5.1), in 1/90000 s on the server's own
 * clock: a picture's media time, moved by the shortest time that any picture has taken from the
 * camera to here since the stream last broke off.
 *
 * <p>While pictures come as the camera takes them, their timestamps are so as far apart as they
 * were taken, whatever the way did to them. Of a group of pictures that comes all at once, as the
 * first one of a session does, each takes less time than the one before: their timestamps are
 * {@link #SHORTEST} apart, and a player that shows each when it is due is at the newest one at
 * once, instead of a group's length late for good.
 *
 * <p>Guarantee: timestamps rise, also where a group is sent again. One thread at a time.
 */
public final class RtpTimes {
  /** 1/90000 s: a millisecond. */
  static final long SHORTEST = 90;

  private final int offset;
  private boolean begun;
  private long shortestWay;
  private long last = Long.MIN_VALUE;

  /**
   * @param offset a random number, as section 5.1 asks for it
   */
  public RtpTimes(int offset) {
    this.offset = offset;
  }

  /** Forgets how long pictures take: what follows does not go on from what was before. */
  public void breakOff() {
    begun = false;
  }

  /**
   * Returns the timestamp of the next picture.
   *
   * @param mediaTime 1/90000 s
   * @param now 1/90000 s, on the clock of {@link #at}
   */
  public int next(long mediaTime, long now) {
    long way = now - mediaTime;
    shortestWay = begun ? Math.min(shortestWay, way) : way;
    begun = true;
    long time = mediaTime + shortestWay;
    last = last == Long.MIN_VALUE ? time : Math.max(time, last + SHORTEST);
    return (int) last + offset;
  }

  /** Returns the timestamp of a moment, for sender reports. */
  public int at(long now) {
    return (int) now + offset;
  }
}
