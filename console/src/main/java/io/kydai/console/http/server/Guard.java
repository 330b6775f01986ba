package io.kydai.console.http.server;

import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.origin.ClientOrigin;
import io.kydai.console.http.origin.ProxyHeaders;
import io.kydai.console.http.origin.RequestedHost;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites' pages in an operator's browser from using the operator's access.
 *
 * <ul>
 *   <li>While the server listens on a loopback address only, the request's host must be a loopback
 *       name, the configured one or the public address' one; otherwise a foreign name that was made
 *       to resolve to 127.0.0.1 ("DNS rebinding") would be of our origin.
 *   <li>A request that changes something, and a WebSocket, must come from our own origin, where the
 *       browser says from which it comes: from the request's own host and port, or from the public
 *       address', whose proxy may have written another host into the request. The scheme is not
 *       compared, as a proxy may answer for it.
 *   <li>Where proxies are listed, plain HTTP from other machines than these is refused.
 *   <li>A body must say that it is JSON or, where an operation takes something else, what that is:
 *       all of these make a browser ask first, before a foreign page may send.
 * </ul>
 */
public final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** The media types of bodies; none of them is one that a page sends without asking. */
  private static final Set<String> BODIES =
      Set.of(
          "application/json",
          "application/octet-stream",
          "application/sdp",
          "application/trickle-ice-sdpfrag");

  private final boolean anyHost;
  private final String configured;
  private final @Nullable String publicAuthority;
  private final ProxyHeaders proxies;

  /**
   * @param host the address or name that the server is bound to
   * @param publicUrl under which a proxy offers it; null where none does
   */
  public Guard(String host, @Nullable URI publicUrl) {
    this(host, publicUrl, new ProxyHeaders(List.of()));
  }

  /**
   * @param host the address or name that the server is bound to
   * @param publicUrl under which a proxy offers it; null where none does
   * @param proxies are believed from where a request comes
   */
  public Guard(String host, @Nullable URI publicUrl, ProxyHeaders proxies) {
    this.proxies = proxies;
    this.configured = host.toLowerCase(Locale.ROOT);
    this.publicAuthority = publicUrl == null ? null : authority(publicUrl).orElse(null);
    this.anyHost = !LOOPBACK.contains(configured) && !configured.startsWith("127.");
  }

  /** Returns from where a request came. */
  ClientOrigin origin(HttpServerRequest request) {
    return proxies.origin(request);
  }

  /**
   * @throws Problem 400, 403, 415 or 421
   */
  void check(HttpServerRequest request, boolean webSocket) {
    ClientOrigin origin = proxies.origin(request);
    checkWay(request, origin);
    String host = host(request);
    if (!anyHost && !isOurs(name(host))) {
      throw Problem.of(
          421, "This node does not answer for the host " + ErrorText.shown(host) + ".");
    }
    boolean changes =
        !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
    if (changes || webSocket) {
      checkOrigin(request, host, origin.host());
    }
    if (hasBody(request)) {
      checkContentType(request);
    }
  }

  /** Where proxies are to be passed, plain HTTP past them would carry log-ins in the clear. */
  private void checkWay(HttpServerRequest request, ClientOrigin origin) {
    if (!proxies.isEmpty()
        && !origin.proxied()
        && !request.isSSL()
        && !ProxyHeaders.peer(request).isLoopbackAddress()) {
      throw Problem.of(
          403, "This node answers plain HTTP only to the proxies of http.behind-proxy.");
    }
  }

  private boolean isOurs(String name) {
    return LOOPBACK.contains(name)
        || name.equals(configured)
        || (publicAuthority != null && name.equals(name(publicAuthority)));
  }

  private static String host(HttpServerRequest request) {
    List<String> hosts = RequestedHost.of(request);
    if (hosts.size() != 1 || hosts.get(0).isBlank()) {
      throw Problem.of(400, "Exactly one Host header is needed.");
    }
    return hosts.get(0).toLowerCase(Locale.ROOT);
  }

  /** A host header's value without its port. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private void checkOrigin(HttpServerRequest request, String host, @Nullable String forwardedHost) {
    for (String origin : request.headers().getAll("Origin")) {
      URI from;
      try {
        from = new URI(origin);
      } catch (URISyntaxException e) {
        throw Problem.of(403, "The Origin header is not an origin.");
      }
      // A proxy may leave a default port in the host that no browser writes into an origin.
      boolean ours =
          authority(from)
              .filter(
                  it ->
                      isSame(it, from, host)
                          || isSame(it, from, forwardedHost)
                          || it.equals(publicAuthority))
              .isPresent();
      if (!ours) {
        throw Problem.of(403, "Pages of another origin may not do this.");
      }
    }
  }

  private static boolean isSame(String authority, URI from, @Nullable String host) {
    return authority.equals(host) || (authority + defaultPort(from)).equals(host);
  }

  /** Host and port in lower case, without the scheme's default port; empty where there is none. */
  private static Optional<String> authority(URI uri) {
    return Optional.ofNullable(uri.getRawAuthority())
        .map(it -> it.toLowerCase(Locale.ROOT))
        .map(it -> it.endsWith(defaultPort(uri)) ? it.substring(0, it.lastIndexOf(':')) : it);
  }

  private static String defaultPort(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
  }

  /** Returns whether a request's method is one that comes with a body. */
  static boolean hasBody(HttpServerRequest request) {
    return request.method().equals(HttpMethod.POST) || request.method().equals(HttpMethod.PUT);
  }

  private static String contentType(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws Problem 415 when a request's body does not say that it is JSON
   */
  static void checkJson(HttpServerRequest request) {
    checkType(request, "application/json");
  }

  /**
   * @throws Problem 415 when a request's body does not say that it is of a media type
   */
  static void checkType(HttpServerRequest request, String type) {
    if (!contentType(request).equals(type)) {
      throw Problem.of(415, "Content-Type: " + type + " is needed.").withHeader("Accept", type);
    }
  }

  private static void checkContentType(HttpServerRequest request) {
    if (!BODIES.contains(contentType(request))) {
      checkJson(request);
    }
    checkCoding(request);
  }

  /**
   * @throws Problem 415 when a request's body does not come as it is
   */
  static void checkCoding(HttpServerRequest request) {
    String coding = request.getHeader("Content-Encoding");
    if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
      // RFC 9110, section 15.5.16.
      throw Problem.of(415, "A body must come as it is, without Content-Encoding.")
          .withHeader("Accept-Encoding", "identity");
    }
  }
}
