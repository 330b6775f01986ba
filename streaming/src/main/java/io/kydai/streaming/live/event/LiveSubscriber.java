package io.kydai.streaming.live.event;

/**
 * A taker of one camera's live stream, such as a browser's WebSocket. It is called by one thread at
 * a time, in order; a call must neither wait nor compute for long, for the camera's other
 * subscribers wait behind it. A subscriber that throws is logged and gets nothing more.
 */
public interface LiveSubscriber {
  /**
   * Whether the next event would be sent rather than piled up. While it is not ready it gets no
   * event but the end; fragments that it has not got when the next key frame comes are lost to it,
   * which a {@link LiveEvent.Gap} tells.
   */
  boolean ready();

  /** Takes the next event. Its buffers are shared among subscribers and read-only. */
  void onEvent(LiveEvent event);
}
