package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.handler.ssl.SslHandler;
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

  /**
   * Where frames enter the pipeline. They are whole, so that only encryption is before them; what
   * else stands there would be asked for each frame of each viewer.
   */
  private final ChannelOutboundInvoker out;

  private final FrameTurns.Turn turn;
  private final Queue<ByteBuffer> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean due = new AtomicBoolean();

  /** Belongs to the event loop. */
  private boolean closed;

  FrameQueue(Channel channel, FrameTurns turns) {
    this.channel = requireNonNull(channel);
    ChannelHandlerContext first = channel.pipeline().firstContext();
    boolean plain = first != null && channel.pipeline().get(SslHandler.class) == null;
    // What is written by a context goes to those before it: by the first, to the socket.
    out = plain ? first : channel;
    turn = turns.of(channel.eventLoop());
  }

  /**
   * Sends a frame.
   *
   * @param frame as RFC 6455 has it, on the heap; is kept as it is, and may be other queues' too
   */
  void add(ByteBuffer frame) {
    bytes.addAndGet(frame.remaining());
    waiting.add(frame);
    if (!due.getAndSet(true)) {
      turn.add(this);
    }
  }

  /** Returns the bytes that wait for the event loop, or for the network. */
  long unsent() {
    ChannelOutboundBuffer written = channel.unsafe().outboundBuffer();
    return bytes.get() + (written == null ? 0 : written.totalPendingWriteBytes());
  }

  /**
   * Writes what waits; on the event loop.
   *
   * @param copies of the frames for the network, which this turn's other queues share
   */
  void write(FrameCopies copies) {
    due.set(false);
    boolean open = !closed && channel.isActive();
    boolean any = false;
    for (ByteBuffer frame = waiting.poll(); frame != null; frame = waiting.poll()) {
      if (open) {
        out.write(copies.of(frame, channel.alloc()), channel.voidPromise());
        any = true;
      }
      bytes.addAndGet(-frame.remaining());
    }
    if (any) {
      out.flush();
    }
  }

  /** Writes what waits, and nothing any more; on the event loop. */
  void close() {
    try (FrameCopies copies = new FrameCopies()) {
      write(copies);
    }
    closed = true;
  }
}
