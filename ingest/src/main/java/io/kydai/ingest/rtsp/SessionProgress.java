package io.kydai.ingest.rtsp;

import java.util.Optional;

/**
 * How far the opening of a session came on a connection that the camera closed after an answer; the
 * next connection goes on from there. Opaque to those who hand it on.
 */
public final class SessionProgress {
  /** Nothing was asked yet. */
  public static final SessionProgress NONE =
      new SessionProgress(Optional.empty(), Optional.empty());

  private final Optional<String> offered;
  private final Optional<RtspMessage.Response> description;

  /**
   * @param offered the camera's {@code Public} field; empty when OPTIONS was not answered
   * @param description the answer to DESCRIBE; empty when there was none
   */
  SessionProgress(Optional<String> offered, Optional<RtspMessage.Response> description) {
    this.offered = offered;
    this.description = description;
  }

  Optional<String> offered() {
    return offered;
  }

  Optional<RtspMessage.Response> description() {
    return description;
  }
}
