package io.kydai.console.oidc;

import static java.util.Objects.requireNonNullElse;

import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.OidcConfig;
import io.kydai.console.store.Database;
import io.kydai.console.users.Account;
import io.kydai.console.users.Directory;
import io.kydai.console.users.factor.PendingChallenges;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The log-in by one OpenID Connect provider, from a browser's leaving to its log-out. The methods
 * wait for the provider and the database.
 */
public final class OpenIdConnect implements AutoCloseable {
  /** As long as a log-in lasts at most. */
  private static final Duration SESSION = Duration.ofHours(24);

  /**
   * A log-in that began.
   *
   * @param provider where the browser goes
   * @param secret for the browser's cookie
   */
  public record Begun(URI provider, String secret) {
    /** Hides the secret. */
    @Override
    public String toString() {
      return "Begun";
    }
  }

  /**
   * A log-in that succeeded.
   *
   * @param idToken for {@link #loggedIn}
   */
  public record Entered(Account account, String idToken) {
    /** Hides the token. */
    @Override
    public String toString() {
      return "Entered[" + account.id() + "]";
    }
  }

  /** The errors of RFC 6749 and OpenID Connect; a log has no other text from a request. */
  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,50}");

  private final OidcProvider provider;
  private final OidcLogIn logIns;
  private final OidcAccounts accounts;
  private final PendingChallenges<String> idTokens;

  public OpenIdConnect(
      Vertx vertx, OidcConfig config, Database database, Directory directory, Clock clock) {
    provider =
        new OidcProvider(
            vertx,
            config.issuer(),
            config.clientId(),
            config.clientSecret().value(),
            config.groupsClaim(),
            clock);
    logIns = new OidcLogIn(provider, clock);
    accounts = new OidcAccounts(database, directory, clock, config.groups());
    idTokens = new PendingChallenges<>(clock, SESSION);
  }

  /** Returns how long a person may take at the provider. */
  public static Duration patience() {
    return OidcLogIn.LIFE;
  }

  /**
   * Begins a log-in.
   *
   * @param redirect the address of this node that the provider sends the browser back to
   * @throws OidcException when the provider does not answer
   */
  public Begun begin(String redirect) {
    OidcLogIn.Begun begun = logIns.begin(redirect);
    return new Begun(begun.provider(), begun.secret());
  }

  /**
   * With what the provider sent a browser back (OpenID Connect Core 1.0, section 3.1.2.5 and
   * 3.1.2.6; RFC 9207); null is what it did not send. All of it is what an address said that
   * anybody may have made.
   */
  public record Returned(
      @Nullable String state,
      @Nullable String code,
      @Nullable String error,
      @Nullable String issuer) {}

  /**
   * Ends a log-in, whatever comes of it, and returns the person's account.
   *
   * @param browser the secret of the browser's cookie; null where it has none
   * @param redirect as it was begun with
   * @throws OidcException when the log-in does not count, or the person may not log in
   */
  public Entered end(
      Returned returned, @Nullable String browser, String redirect, RequestOrigin origin) {
    String error = returned.error();
    if (error != null) {
      throw new OidcException(
          ERROR.matcher(error).matches()
              ? "The provider answered '" + error + "'."
              : "The provider answered with an error.");
    }
    if (returned.issuer() != null && !returned.issuer().equals(provider.issuer())) {
      throw new OidcException("The browser came back from another provider.");
    }
    OidcIdentity person =
        logIns.end(
            requireNonNullElse(returned.state(), ""),
            requireNonNullElse(returned.code(), ""),
            browser,
            redirect);
    return new Entered(accounts.of(person, origin), person.idToken());
  }

  /** Keeps the ID token of a log-in session, for its log-out. */
  public void loggedIn(String session, String idToken) {
    idTokens.put(session, idToken);
  }

  /**
   * Returns where a browser goes to log out at the provider as well; empty where the provider has
   * no such address, or the session did not come from it.
   *
   * @param redirect the address of this node that the provider sends the browser to then
   */
  public Optional<URI> endSession(String session, String redirect) {
    return idTokens.take(session).flatMap(token -> provider.endSession(token, redirect));
  }

  @Override
  public void close() {
    provider.close();
  }
}
