package io.kydai.console.http.access;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The cookie that holds a log-in. Scripts cannot read it, and a browser sends it with no request
 * that another site causes.
 *
 * @param secure whether the client reaches the node by TLS, directly or through a listed proxy;
 *     then the cookie is {@code Secure} and has the prefix {@code __Host-} (RFC 6265bis, section
 *     4.1.3.2)
 */
public record SessionCookie(boolean secure) {
  private static final String NAME = "kydai-session";

  private String name() {
    return secure ? "__Host-" + NAME : NAME;
  }

  /** Returns the header that gives a browser the cookie. */
  public Map<String, String> header(String secret, Duration lasting) {
    return Map.of(
        "Set-Cookie",
        name()
            + '='
            + secret
            + "; Path=/; Max-Age="
            + lasting.toSeconds()
            + "; HttpOnly; SameSite=Strict"
            + (secure ? "; Secure" : ""));
  }

  /** Returns the header that takes the cookie away. */
  public Map<String, String> ending() {
    return header("", Duration.ZERO);
  }

  /** Over HTTP/2 the header may come in pieces (RFC 9113, section 8.2.3), of any order. */
  Optional<String> read(HttpServerRequest request) {
    return request.headers().getAll("Cookie").stream()
        .flatMap(piece -> ServerCookieDecoder.LAX.decode(piece).stream())
        .filter(cookie -> cookie.name().equals(name()))
        .map(Cookie::value)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }
}
