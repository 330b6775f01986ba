package io.kydai.ingest.rtsp;

import io.kydai.ingest.rtsp.message.RtspMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The responses that a session received on a connection that the camera closed during setup. The
 * next connection continues from there. The content is opaque outside this package.
 */
public final class SessionProgress {
  /** The progress of a session that has received no response yet. */
  public static final SessionProgress NONE = new SessionProgress(null, null);

  private final @Nullable String publicMethods;
  private final RtspMessage.@Nullable Response description;

  /**
   * @param publicMethods the value of the camera's {@code Public} field; null when OPTIONS was not
   *     answered
   * @param description the response to DESCRIBE; null when there was none
   */
  SessionProgress(@Nullable String publicMethods, RtspMessage.@Nullable Response description) {
    this.publicMethods = publicMethods;
    this.description = description;
  }

  /**
   * Returns the value of the camera's {@code Public} field; empty when OPTIONS was not answered.
   */
  Optional<String> publicMethods() {
    return Optional.ofNullable(publicMethods);
  }

  /** Returns the response to DESCRIBE; empty when there was none. */
  Optional<RtspMessage.Response> description() {
    return Optional.ofNullable(description);
  }
}
