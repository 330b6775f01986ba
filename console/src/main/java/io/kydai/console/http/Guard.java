package io.kydai.console.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps other sites' pages in an operator's browser from using the operator's access.
 *
 * <ul>
 *   <li>While the server listens on a loopback address only, the request's host must be a loopback
 *       name or the configured one; otherwise a foreign name that was made to resolve to 127.0.0.1
 *       ("DNS rebinding") would be of our origin.
 *   <li>A request that changes something, and a WebSocket, must come from our own origin, where the
 *       browser says from which it comes. Compared are host and port, not the scheme, for which a
 *       proxy may answer.
 *   <li>A body must be JSON: that alone makes a browser ask first, before a foreign page may send.
 * </ul>
 */
final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final boolean anyHost;
  private final String configured;

  /**
   * @param host the address or name that the server is bound to
   */
  Guard(String host) {
    this.configured = host.toLowerCase(Locale.ROOT);
    this.anyHost = !LOOPBACK.contains(configured) && !configured.startsWith("127.");
  }

  /**
   * @throws Problem 400, 403, 415 or 421
   */
  void check(HttpServerRequest request, boolean webSocket) {
    String host = host(request);
    if (!anyHost && !LOOPBACK.contains(name(host)) && !name(host).equals(configured)) {
      throw Problem.of(421, "This node does not answer for the host " + Text.shown(host) + ".");
    }
    boolean changes =
        !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
    if (changes || webSocket) {
      checkOrigin(request, host);
    }
    if (request.method().equals(HttpMethod.POST) || request.method().equals(HttpMethod.PUT)) {
      checkContentType(request);
    }
  }

  private static String host(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll("Host");
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

  private static void checkOrigin(HttpServerRequest request, String host) {
    for (String origin : request.headers().getAll("Origin")) {
      String authority;
      try {
        authority = new URI(origin).getRawAuthority();
      } catch (URISyntaxException e) {
        throw Problem.of(403, "The Origin header is not an origin.");
      }
      if (authority == null || !authority.toLowerCase(Locale.ROOT).equals(host)) {
        throw Problem.of(403, "Pages of another origin may not do this.");
      }
    }
  }

  private static void checkContentType(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    String essence = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!essence.equals("application/json")) {
      throw Problem.of(415, "Content-Type: application/json is needed.")
          .withHeader("Accept", "application/json");
    }
  }
}
