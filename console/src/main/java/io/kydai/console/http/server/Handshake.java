package io.kydai.console.http.server;

import io.kydai.console.http.answer.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.Base64;

/**
 * Checks a WebSocket's opening handshake (RFC 6455, section 4.2.1), so that a bad one gets the
 * reason.
 */
final class Handshake {
  private static final int KEY_BYTES = 16;

  private Handshake() {}

  /**
   * @throws Problem 426, when it asks for no WebSocket or for another version, 400 when it lacks
   *     its key or has a body
   */
  static void check(HttpServerRequest request) {
    if (!request.canUpgradeToWebSocket()) {
      throw Problem.of(426, "This address speaks WebSocket (RFC 6455).")
          .withHeader("Upgrade", "websocket");
    }
    if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
      throw Problem.of(426, "This address speaks version 13 of WebSocket (RFC 6455).")
          .withHeader("Sec-WebSocket-Version", "13");
    }
    if (!isKey(request.getHeader("Sec-WebSocket-Key"))) {
      throw Problem.of(400, "Sec-WebSocket-Key must be 16 bytes in Base64.");
    }
    String length = request.getHeader("Content-Length");
    if (request.headers().contains("Transfer-Encoding")
        || !(length == null || length.equals("0"))) {
      throw Problem.of(400, "A request for a WebSocket has no body.");
    }
  }

  private static boolean isKey(String key) {
    try {
      return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
