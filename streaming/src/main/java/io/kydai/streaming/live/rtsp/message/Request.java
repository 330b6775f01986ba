package io.kydai.streaming.live.rtsp.message;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request (RFC 2326, section 6).
 *
 * @param method as the client wrote it
 * @param uri printable ASCII
 * @param headers by their names in lower case; of several of a name the first
 * @param bodyBytes the length of its body, which nobody reads
 */
public record Request(String method, String uri, Map<String, String> headers, int bodyBytes) {
  public Request {
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Returns the id in {@code Session}, without its parameters. */
  public Optional<String> session() {
    return header("session").map(value -> value.split(";", 2)[0].strip());
  }

  /** Hides the headers, of which one may be a log-in, and what of the address may be one. */
  @Override
  public String toString() {
    return method + " " + uri.replaceFirst("//[^/?]*@", "//").replaceFirst("\\?.*", "");
  }
}
