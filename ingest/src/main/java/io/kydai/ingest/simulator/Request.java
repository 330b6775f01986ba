package io.kydai.ingest.simulator;

import java.util.Map;

/**
 * An RTSP request (RFC 2326, section 6), without its body.
 *
 * @param headers by lower-case name
 */
record Request(String method, String uri, Map<String, String> headers) implements ClientMessage {
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Its address with a slash at the end, which a track's name follows. */
  String base() {
    return uri.endsWith("/") ? uri : uri + "/";
  }
}
