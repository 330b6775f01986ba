package io.kydai.console.config.camera;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.tree.Secret;
import io.kydai.ingest.source.StreamRole;
import org.jspecify.annotations.Nullable;

/**
 * A camera's second stream, which is not analysed and is received while it is recorded, or somebody
 * watches it.
 *
 * @param url its address, of the same form as the camera's; null where the camera has one stream
 * @param role what it is; the analysed stream is then the other
 */
public record SecondStreamConfig(@Nullable Secret url, StreamRole role) {
  /** A camera of one stream. */
  public static final SecondStreamConfig NONE = new SecondStreamConfig(null, StreamRole.MAIN);

  public SecondStreamConfig {
    requireNonNull(role);
  }

  /** Returns what the analysed stream is; a camera's only one is its main stream. */
  public StreamRole analysedRole() {
    return url != null && role == StreamRole.MAIN ? StreamRole.SUB : StreamRole.MAIN;
  }

  /** Returns a copy with another address, or none. */
  SecondStreamConfig with(@Nullable Secret other) {
    return new SecondStreamConfig(other, role);
  }
}
