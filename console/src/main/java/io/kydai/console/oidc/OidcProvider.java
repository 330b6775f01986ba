package io.kydai.console.oidc;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client of an OpenID Connect provider, which is found by its discovery document (OpenID Connect
 * Discovery 1.0) at the first log-in, so that a node starts without its provider. The methods wait
 * for the provider, 20 s at most, and may be called on any thread but an event loop.
 */
final class OidcProvider implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int IDLE_SECONDS = 10;

  private record Discovered(OAuth2Auth auth, OAuth2Options options) {}

  private final Vertx vertx;
  private final URI issuer;
  private final String clientId;
  private final String clientSecret;
  private final IdTokenCheck check;
  private final Clock clock;
  private @Nullable Discovered discovered;

  OidcProvider(
      Vertx vertx,
      URI issuer,
      String clientId,
      String clientSecret,
      String groupsClaim,
      Clock clock) {
    this.vertx = requireNonNull(vertx);
    this.issuer = requireNonNull(issuer);
    this.clientId = requireNonNull(clientId);
    this.clientSecret = requireNonNull(clientSecret);
    this.clock = requireNonNull(clock);
    check = new IdTokenCheck(issuer.toString(), clientId, groupsClaim);
  }

  String issuer() {
    return issuer.toString();
  }

  private synchronized Discovered discovered() {
    Discovered known = discovered;
    if (known == null) {
      OAuth2Options options =
          new OAuth2Options()
              .setSite(issuer.toString())
              .setClientId(clientId)
              .setClientSecret(clientSecret)
              // An access token need not be for this client; the ID token's audience is checked.
              .setJWTOptions(new JWTOptions().setAudience(List.of()))
              .setHttpClientOptions(
                  new HttpClientOptions()
                      .setConnectTimeout(CONNECT_MILLIS)
                      .setIdleTimeout(IDLE_SECONDS));
      OAuth2Auth auth = await(OpenIDConnectAuth.discover(vertx, options), "cannot be found");
      known = new Discovered(auth, options);
      discovered = known;
    }
    return known;
  }

  /**
   * Returns where a browser is sent to log in.
   *
   * @param challenge of PKCE, method S256
   * @throws OidcException when the provider does not answer
   */
  URI authorization(String state, String nonce, String challenge, String redirect) {
    return URI.create(
        discovered()
            .auth()
            .authorizeURL(
                new OAuth2AuthorizationURL()
                    .setRedirectUri(redirect)
                    .setScopes(List.of("openid", "profile"))
                    .setState(state)
                    .setCodeChallenge(challenge)
                    .setCodeChallengeMethod("S256")
                    .putAdditionalParameter("nonce", nonce)));
  }

  /**
   * Exchanges a code for an ID token, and returns the person that it is about.
   *
   * @param verifier of PKCE
   * @throws OidcException when the provider refuses, or its token does not count
   */
  OidcIdentity identity(String code, String verifier, String nonce, String redirect) {
    OAuth2Auth auth = discovered().auth();
    // Keys change; an unknown one at the token's arrival would be too late, as a code counts once.
    await(auth.jWKSet(), "does not give its keys");
    User user =
        await(
            auth.authenticate(
                new Oauth2Credentials()
                    .setFlow(OAuth2FlowType.AUTH_CODE)
                    .setCode(code)
                    .setCodeVerifier(verifier)
                    .setRedirectUri(redirect)),
            "refuses the code");
    String token = user.principal().getString("id_token");
    JsonObject claims = user.attributes().getJsonObject("idToken");
    if (token == null || claims == null) {
      throw new OidcException("The provider gave no ID token that it signed.");
    }
    return check.identity(token, claims, nonce, clock.instant());
  }

  /**
   * Returns where a browser is sent to log out (OpenID Connect RP-Initiated Logout 1.0); empty
   * where the provider has no such address.
   *
   * @param idToken of the log-in; empty text where it is not known any more
   * @param redirect where the provider sends the browser then
   */
  Optional<URI> endSession(String idToken, String redirect) {
    return Optional.ofNullable(discovered().options().getLogoutPath())
        .map(
            path ->
                URI.create(
                    path
                        + (path.indexOf('?') < 0 ? '?' : '&')
                        + (idToken.isEmpty() ? "" : "id_token_hint=" + escaped(idToken) + '&')
                        + "client_id="
                        + escaped(clientId)
                        + "&post_logout_redirect_uri="
                        + escaped(redirect)));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static <T> T await(Future<T> future, String otherwise) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new OidcException("The provider " + otherwise + ": it does not answer.", e);
    } catch (ExecutionException e) {
      throw new OidcException("The provider " + otherwise + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OidcException("The log-in was interrupted.", e);
    }
  }

  @Override
  public synchronized void close() {
    if (discovered != null) {
      discovered.auth().close();
    }
  }
}
