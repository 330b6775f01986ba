package io.kydai.console.oidc;

import com.nimbusds.oauth2.sdk.TokenRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/**
 * NAV's mock-oauth2-server, a provider that is not ours: discovery, authorization code with PKCE,
 * keys, and tokens that it signs. It asks for no password.
 */
public final class MockProvider implements AutoCloseable {
  public static final String CLIENT = "kydai";

  private static final String ID = "city";

  private final MockOAuth2Server server = new MockOAuth2Server();
  private final HttpClient browser =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  public MockProvider() {
    server.start();
  }

  public URI issuer() {
    return server.issuerUrl(ID).uri();
  }

  /** The next token is of this person. */
  public void next(String subject, String name, List<String> groups) {
    next(subject, List.of(CLIENT), Map.of("preferred_username", name, "groups", groups), 3600);
  }

  /** The next token is like this, whatever was asked for. */
  public void next(
      String subject, List<String> audience, Map<String, Object> claims, long seconds) {
    server.enqueueCallback(
        new DefaultOAuth2TokenCallback(ID, subject, "JWT", audience, claims, seconds) {
          @Override
          public Map<String, Object> addClaims(TokenRequest request) {
            return new HashMap<>(claims);
          }
        });
  }

  /** Goes to the provider as a browser, and returns where it sends the browser back to. */
  public URI visit(URI authorization) throws Exception {
    HttpResponse<String> answer =
        browser.send(
            HttpRequest.newBuilder(authorization).timeout(Duration.ofSeconds(20)).build(),
            HttpResponse.BodyHandlers.ofString());
    return URI.create(
        answer
            .headers()
            .firstValue("location")
            .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body())));
  }

  /** Returns the parameters of an address. */
  public static Map<String, String> query(URI address) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : address.getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
