package io.kydai.streaming.live.rtsp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A party that has logged in. */
public interface RtspViewer {
  /** Returns what all its connections have in common, by which its sessions are counted. */
  String party();

  /** Returns whether its log-in still holds. Must not wait. */
  boolean valid();

  /**
   * Finds one of a camera's streams. Must not wait.
   *
   * @param rendition {@code main} or {@code sub}; null for the camera's usual one
   * @return empty when there is no such stream, or none that the party may see
   */
  Optional<RtspSource> find(String camera, @Nullable String rendition);
}
