package io.kydai.console.http.access;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.origin.ClientOrigin;
import io.kydai.console.http.origin.ProxyHeaders;
import io.kydai.console.http.origin.RequestedHost;
import io.kydai.console.users.Caller;
import io.kydai.console.users.LogInSession;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request: a program by {@code Authorization: Bearer} (RFC 6750), a person by
 * the cookie of a log-in. Does not wait.
 *
 * <p>A request with a cookie that changes something must bring the session's token against forged
 * requests in {@value #CSRF}, where it comes from a browser: where it has {@code Origin}, {@code
 * Referer} or {@code Sec-Fetch-Site}, one of which every browser sends with such a request.
 * Programs that are no browser send no request that another site forged.
 *
 * <p>Only {@code scripts/bench console} extends it.
 */
public class Authentication {
  private static final String CSRF = "X-CSRF-Token";
  private static final String BEARER = "bearer ";

  private final Function<String, Optional<Caller>> bySession;
  private final Function<String, Optional<Caller>> byToken;
  private final ProxyHeaders proxies;

  /**
   * @param bySession finds a person by a cookie's secret; must not wait
   * @param byToken finds a program by its token; must not wait
   * @param proxies find where a request came from
   */
  public Authentication(
      Function<String, Optional<Caller>> bySession,
      Function<String, Optional<Caller>> byToken,
      ProxyHeaders proxies) {
    this.bySession = requireNonNull(bySession);
    this.byToken = requireNonNull(byToken);
    this.proxies = requireNonNull(proxies);
  }

  public Requester requester(HttpServerRequest request) {
    ClientOrigin client = proxies.origin(request);
    String agent = request.getHeader("User-Agent");
    String host = client.host();
    return new Requester(
        caller(request, client),
        client,
        agent == null ? "" : agent,
        host == null ? RequestedHost.of(request).stream().findFirst().orElse("") : host,
        String.join("; ", request.headers().getAll("Cookie")));
  }

  private static String text(@Nullable String header) {
    return header == null ? "" : header;
  }

  private Caller caller(HttpServerRequest request, ClientOrigin client) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null) {
      return bearer(authorization).flatMap(byToken).orElse(Caller.ANONYMOUS);
    }
    return new SessionCookie(client.secure())
        .read(request)
        .flatMap(bySession)
        .orElse(Caller.ANONYMOUS);
  }

  private static Optional<String> bearer(String authorization) {
    return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? Optional.of(authorization.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  /**
   * @throws Problem 403, when a browser's request that changes something lacks the session's token
   */
  public static void checkForgery(HttpServerRequest request, Caller caller) {
    Optional<LogInSession> session = caller.session();
    boolean changes =
        !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
    boolean browser =
        Stream.of("Origin", "Referer", "Sec-Fetch-Site").anyMatch(request.headers()::contains);
    if (changes && browser && session.isPresent()) {
      if (!same(session.get().csrf(), request.getHeader(CSRF))) {
        throw Problem.of(403, "The header " + CSRF + " must have the session's csrf-token.");
      }
    }
  }

  private static boolean same(String expected, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
