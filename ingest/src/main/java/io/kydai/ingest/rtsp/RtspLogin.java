package io.kydai.ingest.rtsp;

import io.kydai.ingest.login.Authenticator;
import io.kydai.ingest.login.Challenge;
import java.util.List;
import java.util.Optional;

/**
 * A user's log-in over all the connections of one attempt to pull a camera. A challenge outlives
 * the connection that it came on: cameras close a connection with their 401, and expect the answer
 * on the next one. Used on the camera's event loop.
 */
public final class RtspLogin {
  private final Authenticator authenticator;
  private boolean challenged;
  private boolean proven;

  /** The challenge that is being answered came on an earlier connection. */
  private boolean carried;

  private boolean carriedBefore;

  public RtspLogin(String user, String password) {
    authenticator = new Authenticator(user, password);
  }

  /** Another connection begins. */
  void connected() {
    carried = challenged && !carriedBefore;
    carriedBefore |= carried;
  }

  /** The camera did what it was asked to with an {@code Authorization}. */
  void proven() {
    proven = true;
  }

  /**
   * Whether a challenge to a request with an {@code Authorization} only asks for a fresh nonce.
   * Each connection may have its own, so that the first one of the next connection does not mean
   * that the password is wrong; once in an attempt, because cameras lock an account after a few
   * wrong ones.
   */
  boolean isRenewedBy(Challenge challenge) {
    boolean otherNonce = !authenticator.isAnswered(challenge);
    return challenge.isStale() || otherNonce && (proven || carried);
  }

  /** Requests answer this challenge from now on. */
  void accept(Challenge challenge) {
    authenticator.accept(challenge);
    challenged = true;
    carried = false;
  }

  /** The {@code Authorization} of a request; empty before there was a challenge. */
  Optional<String> authorization(String method, String uri) {
    return authenticator.authorization(method, uri);
  }

  /**
   * The best of the challenges that a 401 holds.
   *
   * @param headers its {@code WWW-Authenticate} fields
   * @throws RtspException when there is none, or none that can be answered
   */
  static Challenge chosen(List<String> headers) throws RtspException {
    List<Challenge> offered = Challenge.parse(headers);
    if (offered.isEmpty()) {
      throw new RtspException("answers 401 Unauthorized without saying how to log in");
    }
    return Authenticator.choose(offered)
        .orElseThrow(
            () ->
                new RtspException(
                    "asks for a log-in other than Basic or Digest with SHA-256 or MD5: "
                        + PrintableText.of(
                            String.join(", ", offered.stream().map(Challenge::scheme).toList()),
                            60)));
  }
}
