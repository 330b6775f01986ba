package io.kydai.ingest.rtsp;

import io.kydai.ingest.login.Authenticator;
import io.kydai.ingest.login.Challenge;
import io.kydai.ingest.rtsp.message.PrintableText;
import io.kydai.ingest.rtsp.message.RtspException;
import java.util.List;
import java.util.Optional;

/**
 * The credentials for a camera and the state of authentication over all connections of one attempt
 * to receive its stream. A challenge stays valid after its connection has ended, because some
 * cameras close the connection with their 401 and expect the credentials on the next one. Used on
 * the camera's event loop only.
 */
public final class RtspLogin {
  private final Authenticator authenticator;
  private boolean challenged;
  private boolean succeeded;

  /** Whether the challenge that is being answered came on an earlier connection. */
  private boolean carriedOver;

  private boolean carriedOverBefore;

  /** Creates the state for one attempt, before any challenge. */
  public RtspLogin(String user, String password) {
    authenticator = new Authenticator(user, password);
  }

  /** Called when another connection to the camera begins. */
  void connected() {
    carriedOver = challenged && !carriedOverBefore;
    carriedOverBefore |= carriedOver;
  }

  /** Called when the camera accepted a request with an {@code Authorization}. */
  void succeeded() {
    succeeded = true;
  }

  /**
   * Returns whether a challenge to a request with an {@code Authorization} only asks for a fresh
   * nonce, and does not mean that the credentials are wrong. Some cameras have a nonce for each
   * connection, so the first challenge on the next connection counts as a fresh nonce too; only
   * once in an attempt, because cameras lock an account after a few wrong passwords.
   */
  boolean isFreshNonce(Challenge challenge) {
    boolean otherNonce = !authenticator.isAnswered(challenge);
    return challenge.isStale() || otherNonce && (succeeded || carriedOver);
  }

  /** Makes this the challenge that the next requests answer. */
  void accept(Challenge challenge) {
    authenticator.accept(challenge);
    challenged = true;
    carriedOver = false;
  }

  /**
   * Returns the value of a request's {@code Authorization} field; empty before the first challenge.
   */
  Optional<String> authorization(String method, String uri) {
    return authenticator.authorization(method, uri);
  }

  /**
   * Returns the strongest supported challenge of a 401 response.
   *
   * @param headers the values of its {@code WWW-Authenticate} fields
   * @throws RtspException when there is no challenge, or none with a supported scheme and algorithm
   */
  static Challenge chooseChallenge(List<String> headers) throws RtspException {
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
