package io.kydai.streaming;

import java.nio.ByteBuffer;

/**
 * One watcher of a camera's live stream. Called from one thread at a time, in order. {@link #ready}
 * says whether it keeps up: while it is not ready fragments are dropped, and the stream goes on for
 * it at the next key frame.
 */
public interface LiveViewer {
  /** Whether the next message would be sent rather than piled up. */
  boolean ready();

  /** JSON text: {@code init} (codec, size), {@code observation}, {@code gap}, {@code end}. */
  void onText(String json);

  /**
   * Fragmented MP4: an initialisation segment after each {@code init}, then fragments. Read-only.
   */
  void onMedia(ByteBuffer segment);
}
