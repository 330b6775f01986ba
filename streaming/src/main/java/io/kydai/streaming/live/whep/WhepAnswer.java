package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

/**
 * What a client is answered.
 *
 * @param session the session's id, of 128 random bits
 * @param tag names the state of ICE that the session is in, for {@code ETag}
 * @param sdp the answer to an offer; after an ICE restart only its names and candidates
 */
public record WhepAnswer(String session, String tag, String sdp) {
  public WhepAnswer {
    requireNonNull(session);
    requireNonNull(tag);
    requireNonNull(sdp);
  }

  /** Hides the description, which has a password. */
  @Override
  public String toString() {
    return "WhepAnswer[" + session + "]";
  }
}
