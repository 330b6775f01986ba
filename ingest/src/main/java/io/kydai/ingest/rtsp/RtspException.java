package io.kydai.ingest.rtsp;

import static java.util.Objects.requireNonNull;

/**
 * Why an RTSP connection cannot go on. The message continues the sentence "the camera …" and holds
 * no password, no user and nothing of an answer but bounded, printable text.
 */
public class RtspException extends Exception {
  private static final long serialVersionUID = 1L;

  public RtspException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
