package io.kydai.console.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.kydai.console.users.factor.PendingChallenges;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Takes a browser to the provider and back. What begins is bound to the browser by a secret in a
 * cookie, is answered once, and within ten minutes: so that no page can log a browser in as
 * somebody else (RFC 6749, section 10.12), and no code that was caught elsewhere counts here.
 */
final class OidcLogIn {
  /** How long a person may take at the provider. */
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final int SECRET_BYTES = 32;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  /**
   * A log-in that began.
   *
   * @param provider where the browser goes
   * @param secret for the browser's cookie
   */
  record Begun(URI provider, String secret) {}

  private record Waiting(String browser, String nonce, String verifier) {}

  private final OidcProvider provider;
  private final SecureRandom random = new SecureRandom();
  private final PendingChallenges<Waiting> waiting;

  OidcLogIn(OidcProvider provider, Clock clock) {
    this.provider = requireNonNull(provider);
    waiting = new PendingChallenges<>(clock, LIFE);
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return TEXT.encodeToString(bytes);
  }

  /**
   * Begins a log-in.
   *
   * @param redirect where the provider sends the browser back to
   */
  Begun begin(String redirect) {
    String state = secret();
    String nonce = secret();
    String verifier = secret();
    String browser = secret();
    URI address = provider.authorization(state, nonce, sha256(verifier), redirect);
    waiting.put(state, new Waiting(sha256(browser), nonce, verifier));
    return new Begun(address, browser);
  }

  /**
   * Ends a log-in, whatever comes of it.
   *
   * @param browser the secret of the browser's cookie; null where it has none
   * @param redirect as it was begun with
   * @throws OidcException when the state is not of this browser's log-in, or the provider's answer
   *     does not count
   */
  OidcIdentity end(String state, String code, @Nullable String browser, String redirect) {
    Waiting begun =
        waiting
            .take(state)
            .filter(it -> browser != null && sha256(browser).equals(it.browser()))
            .orElseThrow(
                () ->
                    new OidcException(
                        "The state is not of a log-in that this browser began in the last "
                            + LIFE.toMinutes()
                            + " minutes."));
    return provider.identity(code, begun.verifier(), begun.nonce(), redirect);
  }

  private static String sha256(String text) {
    try {
      return TEXT.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java platform must support SHA-256", e);
    }
  }
}
