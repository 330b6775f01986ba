package io.kydai.ingest.rtp;

import static java.util.Objects.requireNonNull;

/**
 * Media that makes it senseless to go on with the connection. The message continues the sentence
 * "the camera …".
 */
public final class MediaException extends Exception {
  private static final long serialVersionUID = 1L;

  public MediaException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
