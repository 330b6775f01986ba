package io.kydai.streaming.live.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.streaming.live.event.Fragment;
import java.nio.ByteBuffer;

/**
 * Messages as a server's WebSocket frames (RFC 6455, section 5.2): one frame each, not masked. What
 * all viewers of a camera are sent is made once, so that a viewer costs no more than its write.
 */
public final class WebSocketFrames {
  private static final int FINAL = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;

  private WebSocketFrames() {}

  /**
   * Returns the one frame of a fragment, which all callers share: read-only, at position 0, where
   * they leave it.
   */
  public static ByteBuffer of(Fragment fragment) {
    return fragment.behind(head(BINARY, fragment.segment().remaining()));
  }

  /** Returns the frame of a binary message. */
  public static ByteBuffer binary(ByteBuffer message) {
    return frame(BINARY, message);
  }

  /** Returns the frame of a text message. */
  public static ByteBuffer text(String message) {
    return frame(TEXT, ByteBuffer.wrap(message.getBytes(UTF_8)));
  }

  private static ByteBuffer frame(int opcode, ByteBuffer message) {
    ByteBuffer head = head(opcode, message.remaining());
    return ByteBuffer.allocate(head.remaining() + message.remaining())
        .put(head)
        .put(message.duplicate())
        .flip()
        .asReadOnlyBuffer();
  }

  private static ByteBuffer head(int opcode, int length) {
    ByteBuffer head = ByteBuffer.allocate(Fragment.ROOM).put((byte) (FINAL | opcode));
    if (length < SHORT_LENGTH) {
      head.put((byte) length);
    } else if (length <= 0xffff) {
      head.put((byte) SHORT_LENGTH).putShort((short) length);
    } else {
      head.put((byte) LONG_LENGTH).putLong(length);
    }
    return head.flip();
  }
}
