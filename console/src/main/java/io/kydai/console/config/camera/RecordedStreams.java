package io.kydai.console.config.camera;

import io.kydai.ingest.source.StreamRole;

/** Which of a camera's two streams are recorded. */
public enum RecordedStreams {
  /** The large one. */
  MAIN,
  /** The small one. */
  SUB,
  /** Both, each by itself. */
  BOTH;

  boolean has(StreamRole role) {
    return this == BOTH || name().equals(role.name());
  }
}
