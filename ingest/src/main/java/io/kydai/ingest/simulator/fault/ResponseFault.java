package io.kydai.ingest.simulator.fault;

import java.util.function.IntPredicate;

/**
 * What happens to answers.
 *
 * @param on the request's method; every method where it is empty
 * @param track the place of the track that SETUP is for, or that a session has that is to PLAY;
 *     {@link #EVERY} for requests about whatever track
 * @param code of {@code status} and {@code no-range}; of {@code close-after} the status of the
 *     answers that it concerns, 0 for all
 */
public record ResponseFault(Kind kind, String on, int track, int code) {
  static final int EVERY = -1;

  public enum Kind {
    WRONG_PASSWORD,
    WRONG_CSEQ,
    NO_TIMEOUT,
    NO_CONTENT_BASE,
    NO_SESSION,
    NEW_SESSION,
    NO_RANGE,
    ONE_CHANNEL,
    TUNNEL_LOGIN,
    CLOSE_AFTER,
    BABBLE,
    STATUS,
    MUTE,
    HANG_UP
  }

  public ResponseFault {
    if (kind == Kind.STATUS && (code < 100 || code > 599)) {
      throw new IllegalArgumentException("a status is from 100 to 599");
    }
  }

  /**
   * @param about whether a request is about the track at that place
   */
  boolean concerns(String method, IntPredicate about) {
    return (on.isEmpty() || on.equals(method)) && (track == EVERY || about.test(track));
  }
}
