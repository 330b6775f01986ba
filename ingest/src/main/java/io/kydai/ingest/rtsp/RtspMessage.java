package io.kydai.ingest.rtsp;

import java.util.Locale;

/** A message that came from the camera. */
sealed interface RtspMessage {
  RtspHeaders headers();

  /**
   * An answer.
   *
   * @param status such as 200
   * @param reason the camera's words for it, printable
   */
  record Response(int status, String reason, RtspHeaders headers, byte[] body)
      implements RtspMessage {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    boolean isRedirect() {
      return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Status and reason, as a sentence about the camera needs them. */
    String line() {
      return (status + " " + reason).strip();
    }
  }

  /** A question of the camera to us (RFC 2326, section 10). */
  record Request(String method, RtspHeaders headers, byte[] body) implements RtspMessage {
    public Request {
      method = method.toUpperCase(Locale.ROOT);
    }

    /** Whether a camera may ask it (RFC 2326, section 10); some send TEARDOWN at their end, too. */
    boolean isKnown() {
      return switch (method) {
        case "OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE", "REDIRECT", "TEARDOWN" ->
            true;
        default -> false;
      };
    }
  }
}
