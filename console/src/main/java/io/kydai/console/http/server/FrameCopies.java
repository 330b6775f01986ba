package io.kydai.console.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Frames where the network takes them from, beyond the heap: one copy of each in a turn of an event
 * loop, however many sockets it goes to. Belongs to the event loop.
 *
 * <p>Owns a reference to each copy until it is closed; each {@link #of} gives the caller one more,
 * which a channel releases when the frame is sent.
 *
 * <p>Bound: none of its own. There is no copy of a frame that no socket of the turn is sent.
 */
final class FrameCopies implements AutoCloseable {
  private final Map<ByteBuffer, ByteBuf> copies = new IdentityHashMap<>();

  /**
   * Returns a frame to be written.
   *
   * @param frame at position 0, which stays so
   * @return the caller's to release
   */
  ByteBuf of(ByteBuffer frame, ByteBufAllocator allocator) {
    return copies
        .computeIfAbsent(
            frame, one -> allocator.directBuffer(one.remaining()).writeBytes(one.duplicate()))
        .retainedDuplicate();
  }

  @Override
  public void close() {
    copies.values().forEach(ByteBuf::release);
    copies.clear();
  }
}
