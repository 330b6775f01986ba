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

  private static final class Turn implements Runnable {
    private final Queue<FrameQueue> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    @Override
    public void run() {
      scheduled.set(false);
      for (FrameQueue next = due.poll(); next != null; next = due.poll()) {
        next.write();
      }
    }
  }

  /** Lets a queue write in the next turn of an event loop. */
  void add(EventLoop loop, FrameQueue queue) {
    Turn turn = turns.computeIfAbsent(loop, one -> new Turn());
    turn.due.add(queue);
    if (!turn.scheduled.getAndSet(true)) {
      loop.execute(turn);
    }
  }
}
