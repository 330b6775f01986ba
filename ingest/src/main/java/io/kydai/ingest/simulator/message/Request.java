package io.kydai.ingest.simulator.message;

import java.util.Map;

/**
 * An RTSP request (RFC 2326, section 6), without its body.
 *
 * @param method the method, such as SETUP
 * @param uri the address, unchecked
 * @param headers the header fields by their names in lower case
 */
public record Request(String method, String uri, Map<String, String> headers)
    implements ClientMessage {
  /** Returns a header field; empty when the request has none of that name. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /**
   * Returns the address with a slash at its end, to which a track's control attribute is appended.
   */
  public String base() {
    return uri.endsWith("/") ? uri : uri + "/";
  }
}
