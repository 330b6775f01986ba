package io.kydai.console.http.server;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The turns of event loops in which frames are written: when a picture goes to all viewers of a
 * camera, an event loop is woken once and not for each of them.
 *
 * <p>Bound: one entry for each event loop, and one place in a turn for each open socket.
 */
final class FrameTurns {
  private final Map<EventLoop, Turn> turns = new ConcurrentHashMap<>();

  /** What is written when an event loop is woken next. Safe for many threads. */
  static final class Turn implements Runnable {
    private final EventLoop loop;
    private final Queue<FrameQueue> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private Turn(EventLoop loop) {
      this.loop = loop;
    }

    /** Lets a queue write. */
    void add(FrameQueue queue) {
      due.add(queue);
      if (!scheduled.getAndSet(true)) {
        loop.execute(this);
      }
    }

    @Override
    public void run() {
      scheduled.set(false);
      try (FrameCopies copies = new FrameCopies()) {
        for (FrameQueue next = due.poll(); next != null; next = due.poll()) {
          next.write(copies);
        }
      }
    }
  }

  /** Returns the turns of an event loop. */
  Turn of(EventLoop loop) {
    return turns.computeIfAbsent(loop, Turn::new);
  }
}
