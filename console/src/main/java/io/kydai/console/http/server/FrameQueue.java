package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whole frames of one WebSocket on their way to its channel, past what would make them anew for
 * each viewer. Frames may be added from any thread; all that were added before a turn of the event
 * loop go out in one write.
 *
 * <p>Bound: none of its own. Who adds asks first how many bytes are {@link #unsent}.
 */
final class FrameQueue {
  private final Channel channel;
  private final FrameTurns turns;
  private final Queue<ByteBuf> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean due = new AtomicBoolean();

  /** Belongs to the event loop. */
  private boolean closed;

  FrameQueue(Channel channel, FrameTurns turns) {
    this.channel = requireNonNull(channel);
    this.turns = requireNonNull(turns);
  }

  /**
   * Sends a frame.
   *
   * @param frame as RFC 6455 has it; is kept, and never written to
   */
  void add(ByteBuffer frame) {
    bytes.addAndGet(frame.remaining());
    // On the heap: nobody has to release it.
    waiting.add(Unpooled.wrappedBuffer(frame));
    if (!due.getAndSet(true)) {
      turns.add(channel.eventLoop(), this);
    }
  }

  /** Returns the bytes that wait for the event loop, or for the network. */
  long unsent() {
    ChannelOutboundBuffer written = channel.unsafe().outboundBuffer();
    return bytes.get() + (written == null ? 0 : written.totalPendingWriteBytes());
  }

  /** Writes what waits; on the event loop. */
  void write() {
    due.set(false);
    boolean open = !closed && channel.isActive();
    boolean any = false;
    for (ByteBuf frame = waiting.poll(); frame != null; frame = waiting.poll()) {
      int size = frame.readableBytes();
      if (open) {
        channel.write(frame, channel.voidPromise());
        any = true;
      } else {
        frame.release();
      }
      bytes.addAndGet(-size);
    }
    if (any) {
      channel.flush();
    }
  }

  /** Writes what waits, and nothing any more; on the event loop. */
  void close() {
    write();
    closed = true;
  }
}
