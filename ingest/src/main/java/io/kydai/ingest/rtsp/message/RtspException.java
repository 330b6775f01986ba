package io.kydai.ingest.rtsp.message;

import static java.util.Objects.requireNonNull;

/**
 * Thrown when an RTSP session cannot continue. The message continues the sentence "the camera …".
 * It contains no password and no user, and only bounded, printable text of what the camera sent.
 */
public class RtspException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the reason; never null
   */
  public RtspException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
