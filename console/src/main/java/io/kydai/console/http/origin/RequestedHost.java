package io.kydai.console.http.origin;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;

/** The host that a request is for. */
public final class RequestedHost {
  private RequestedHost() {}

  /**
   * Returns the values of {@code Host} or, of a request over HTTP/2, its authority (RFC 9113,
   * section 8.3.1), in whose place a client may send {@code Host} as well.
   */
  public static List<String> of(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return request.version() == HttpVersion.HTTP_2 && authority != null
        ? List.of(authority.toString())
        : request.headers().getAll("Host");
  }
}
