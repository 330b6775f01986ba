package io.kydai.streaming;

import java.nio.ByteBuffer;

/**
 * One watcher of a camera's live stream. Called from one thread at a time, in order; a call must
 * neither wait nor compute, for the camera's other viewers wait behind it. {@link #ready} says
 * whether it keeps up: while it is not ready nothing is sent, and the fragments that it has not got
 * when the next key frame comes are dropped.
 */
public interface LiveViewer {
  /** Whether the next message would be sent rather than piled up. */
  boolean ready();

  /**
   * JSON text: {@code init} (codec, size), {@code observation}, {@code gap}, {@code end}; see
   * {@code docs/live.md}.
   */
  void onText(String json);

  /**
   * Fragmented MP4: an initialisation segment after each {@code init}, then fragments. Read-only.
   */
  void onMedia(ByteBuffer segment);
}
