package io.kydai.streaming.live.websocket;

import io.kydai.streaming.live.event.Fragment;
import java.nio.ByteBuffer;

/** One WebSocket as its messages go out. The sink bounds what it holds unsent. */
public interface MessageSink {
  /** Whether the next message would be sent rather than piled up. */
  boolean ready();

  /** Sends a text message, which is one JSON object. Must not wait. */
  void sendText(String json);

  /** Sends a binary message, which is one segment of MP4; read-only. Must not wait. */
  void sendBinary(ByteBuffer segment);

  /** Sends a fragment as a binary message. Must not wait. */
  default void sendFragment(Fragment fragment) {
    sendBinary(fragment.segment());
  }
}
