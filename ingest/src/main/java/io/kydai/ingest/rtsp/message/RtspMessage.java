package io.kydai.ingest.rtsp.message;

import java.util.Locale;

/** A message that the camera sent. */
public sealed interface RtspMessage {
  RtspHeaders headers();

  /**
   * A response to a request of ours.
   *
   * @param status the status code, 100 to 999
   * @param reason the camera's reason phrase, bounded and printable; may be empty
   * @param body the body's bytes; empty when there is none
   */
  record Response(int status, String reason, RtspHeaders headers, byte[] body)
      implements RtspMessage {
    /** Returns whether the status is 2xx. */
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** Returns whether the status is a redirection with a {@code Location}. */
    public boolean isRedirect() {
      return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Returns the status and the reason phrase, such as {@code 404 Not Found}. */
    public String line() {
      return (status + " " + reason).strip();
    }
  }

  /**
   * A request from the camera to the client (RFC 2326, section 10).
   *
   * @param method the method's name, in upper case
   */
  record Request(String method, RtspHeaders headers, byte[] body) implements RtspMessage {
    public Request {
      method = method.toUpperCase(Locale.ROOT);
    }

    /**
     * Returns whether a server may send a request with this method (RFC 2326, section 10), or it is
     * TEARDOWN, which some cameras send when they end a session.
     */
    public boolean isKnown() {
      return switch (method) {
        case "OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE", "REDIRECT", "TEARDOWN" ->
            true;
        default -> false;
      };
    }
  }
}
