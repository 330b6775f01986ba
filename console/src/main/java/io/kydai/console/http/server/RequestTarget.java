package io.kydai.console.http.server;

import io.kydai.console.http.answer.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;

/** Checks a request's target and host before it is routed. */
final class RequestTarget {
  private RequestTarget() {}

  /** Returns the problem to answer with; empty where the router can take the request. */
  static Optional<Problem> problem(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_1_0 && request.authority() == null) {
      return Optional.of(Problem.of(400, "A valid Host header is needed."));
    }
    String path = request.path();
    if (path == null || path.isEmpty()) {
      return Optional.of(Problem.of(400, "The request's target must be a path."));
    }
    if (path.charAt(0) != '/') {
      return Optional.of(Problem.notFound("such address"));
    }
    return wellEncoded(request.uri())
        ? Optional.empty()
        : Optional.of(
            Problem.of(400, "In the address each % must be followed by two hexadecimal digits."));
  }

  private static boolean wellEncoded(String uri) {
    for (int at = uri.indexOf('%'); at >= 0; at = uri.indexOf('%', at + 3)) {
      if (at + 2 >= uri.length()
          || Character.digit(uri.charAt(at + 1), 16) < 0
          || Character.digit(uri.charAt(at + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
