package io.kydai.console.http.access;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.origin.ClientOrigin;
import io.kydai.console.http.origin.ProxyHeaders;
import io.kydai.console.http.origin.RequestedHost;
import io.kydai.console.users.Caller;
import io.kydai.console.users.LogInSession;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
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
  private static final AttributeKey<Known> KNOWN =
      AttributeKey.valueOf(Authentication.class, "known");

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

  /**
   * The log-in of a connection's newest request by a cookie. The next one has the same mostly, and
   * only asks whether it still lasts.
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by MessageDigest.
  private record Known(byte[] cookies, boolean secure, Caller caller) {
    boolean isOf(byte[] given, boolean overTls) {
      return secure == overTls && MessageDigest.isEqual(cookies, given) && caller.valid();
    }

    /** Hides the cookies. */
    @Override
    public String toString() {
      return "Known[" + caller.actor() + "]";
    }
  }

  public Requester requester(HttpServerRequest request) {
    ClientOrigin client = proxies.origin(request);
    String cookies = String.join("; ", request.headers().getAll("Cookie"));
    String agent = request.getHeader("User-Agent");
    String host = client.host();
    return new Requester(
        caller(request, client, cookies),
        client,
        agent == null ? "" : agent,
        host == null ? RequestedHost.of(request).stream().findFirst().orElse("") : host,
        cookies);
  }

  private Caller caller(HttpServerRequest request, ClientOrigin client, String cookies) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null) {
      return bearer(authorization).flatMap(byToken).orElse(Caller.ANONYMOUS);
    }
    if (cookies.isEmpty()) {
      return Caller.ANONYMOUS;
    }
    Attribute<Known> newest = ((ConnectionBase) request.connection()).channel().attr(KNOWN);
    Known known = newest.get();
    byte[] given = cookies.getBytes(StandardCharsets.UTF_8);
    if (known != null && known.isOf(given, client.secure())) {
      return known.caller;
    }
    Optional<Caller> found = new SessionCookie(client.secure()).read(request).flatMap(bySession);
    newest.set(found.map(caller -> new Known(given, client.secure(), caller)).orElse(null));
    return found.orElse(Caller.ANONYMOUS);
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
