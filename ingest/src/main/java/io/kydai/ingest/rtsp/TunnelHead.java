package io.kydai.ingest.rtsp;

import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the HTTP headers that open a tunnel. The content type, length and date are those of
 * QuickTime's description, by which servers recognise a tunnel.
 *
 * @param target the request target: path and query
 * @param authority the value of the {@code Host} field
 * @param cookie the session cookie, which is the same in both requests and tells the camera that
 *     they belong together
 */
record TunnelHead(String target, String authority, String cookie) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String CONTENT = "application/x-rtsp-tunnelled";

  /** Returns the headers for a camera's address, with a random cookie. */
  static TunnelHead of(URI address) {
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    byte[] cookie = new byte[11];
    RANDOM.nextBytes(cookie);
    return new TunnelHead(
        (path.isEmpty() ? "/" : path) + query,
        address.getRawAuthority(),
        HexFormat.of().formatHex(cookie));
  }

  /**
   * Returns the header of the GET request.
   *
   * @param login the credentials, when the camera asked for authentication; otherwise null
   */
  String get(@Nullable RtspLogin login) {
    return header("GET", authorization("GET", login) + "Accept: " + CONTENT + "\r\n");
  }

  /**
   * Returns the header of the POST request.
   *
   * @param login as for {@link #get}
   */
  String post(@Nullable RtspLogin login) {
    return header(
        "POST",
        authorization("POST", login)
            + "Content-Type: "
            + CONTENT
            + "\r\nContent-Length: 32767\r\nExpires: Sun, 9 Jan 1972 00:00:00 GMT\r\n");
  }

  private String authorization(String method, @Nullable RtspLogin login) {
    return Optional.ofNullable(login)
        .flatMap(own -> own.authorization(method, target))
        .map(value -> "Authorization: " + value + "\r\n")
        .orElse("");
  }

  private String header(String method, String more) {
    return method
        + " "
        + target
        + " HTTP/1.0\r\nHost: "
        + authority
        + "\r\nUser-Agent: Kydai\r\nx-sessioncookie: "
        + cookie
        + "\r\n"
        + more
        + "Pragma: no-cache\r\nCache-Control: no-cache\r\n\r\n";
  }
}
