package io.kydai.streaming.live.rtsp.message;

/** The answers that this server gives (RFC 2326, section 7.1.1; RFC 7826, section 8.1). */
public enum Status {
  OK(200, "OK"),
  BAD_REQUEST(400, "Bad Request"),
  UNAUTHORIZED(401, "Unauthorized"),
  NOT_FOUND(404, "Not Found"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
  NOT_ACCEPTABLE(406, "Not Acceptable"),
  REQUEST_TIMEOUT(408, "Request Timeout"),
  BODY_TOO_LARGE(413, "Request Message Body Too Large"),
  URI_TOO_LONG(414, "Request-URI Too Long"),
  UNSUPPORTED_MEDIA(415, "Unsupported Media Type"),
  PARAMETER_NOT_UNDERSTOOD(451, "Parameter Not Understood"),
  NOT_ENOUGH_BANDWIDTH(453, "Not Enough Bandwidth"),
  SESSION_NOT_FOUND(454, "Session Not Found"),
  NOT_VALID_IN_STATE(455, "Method Not Valid In This State"),
  INVALID_RANGE(457, "Invalid Range"),
  UNSUPPORTED_TRANSPORT(461, "Unsupported Transport"),
  SERVICE_UNAVAILABLE(503, "Service Unavailable"),
  VERSION_NOT_SUPPORTED(505, "RTSP Version Not Supported"),
  OPTION_NOT_SUPPORTED(551, "Option Not Supported");

  private final String line;

  Status(int code, String reason) {
    line = "RTSP/1.0 " + code + " " + reason;
  }

  /** Returns the status line. */
  String line() {
    return line;
  }
}
