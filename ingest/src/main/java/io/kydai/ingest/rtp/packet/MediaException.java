package io.kydai.ingest.rtp.packet;

import static java.util.Objects.requireNonNull;

/**
 * Thrown when a track's packets cannot be processed any further on this connection, because they
 * exceed a limit, have an unsupported format, or end the stream. The message continues the sentence
 * "the camera …".
 */
public final class MediaException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with the reason as its message. */
  public MediaException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
