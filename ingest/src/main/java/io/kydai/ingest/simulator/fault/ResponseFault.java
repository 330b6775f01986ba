package io.kydai.ingest.simulator.fault;

import java.util.function.IntPredicate;

/**
 * A fault that affects the responses to requests.
 *
 * @param kind the kind of fault
 * @param on the method of the affected requests; empty for all methods
 * @param track the index of a track: the fault affects SETUP of that track, and PLAY of a session
 *     that has it; {@link #EVERY} for requests about any track
 * @param code for {@code status} and {@code no-range}, the status of the response; for {@code
 *     close-after}, the status of the affected responses, 0 for all; otherwise not used
 */
public record ResponseFault(Kind kind, String on, int track, int code) {
  static final int EVERY = -1;

  /** The kinds of fault; docs/simulator.md describes each. */
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
   * Returns whether the fault affects a request.
   *
   * @param about returns whether the request is about the track of an index
   */
  boolean concerns(String method, IntPredicate about) {
    return (on.isEmpty() || on.equals(method)) && (track == EVERY || about.test(track));
  }
}
