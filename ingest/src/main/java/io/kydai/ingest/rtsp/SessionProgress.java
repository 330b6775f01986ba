package io.kydai.ingest.rtsp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the opening of a session came on a connection that the camera closed after an answer; the
 * next connection goes on from there. Opaque to those who hand it on.
 */
public final class SessionProgress {
  /** Nothing was asked yet. */
  public static final SessionProgress NONE = new SessionProgress(null, null);

  private final @Nullable String offered;
  private final RtspMessage.@Nullable Response description;

  /**
   * @param offered the camera's {@code Public} field; null when OPTIONS was not answered
   * @param description the answer to DESCRIBE; null when there was none
   */
  SessionProgress(@Nullable String offered, RtspMessage.@Nullable Response description) {
    this.offered = offered;
    this.description = description;
  }

  Optional<String> offered() {
    return Optional.ofNullable(offered);
  }

  Optional<RtspMessage.Response> description() {
    return Optional.ofNullable(description);
  }
}
