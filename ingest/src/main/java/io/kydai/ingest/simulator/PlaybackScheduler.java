package io.kydai.ingest.simulator;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls the players of one event loop when their next units are due, by one timer that fires at
 * most {@value #WAKES_PER_SECOND} times per second. It holds the players of sessions that play, and
 * is used on its event loop only.
 */
final class PlaybackScheduler {
  private static final int WAKES_PER_SECOND = 500;
  private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(1) / WAKES_PER_SECOND;

  private final EventLoop loop;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::due));
  private @Nullable Future<?> timer;
  private long wake;

  private record Entry(Player player, long due) {}

  PlaybackScheduler(EventLoop loop) {
    this.loop = loop;
  }

  /** Adds a player that begins to play. */
  void add(Player player) {
    entries.add(new Entry(player, player.due()));
    schedule();
  }

  /** Removes a player. */
  void remove(Player player) {
    entries.removeIf(entry -> entry.player() == player);
  }

  private void play() {
    timer = null;
    long now = System.nanoTime();
    while (!entries.isEmpty() && entries.peek().due() - now <= 0) {
      Player player = entries.poll().player();
      if (player.play(now)) {
        entries.add(new Entry(player, player.due()));
      }
    }
    schedule();
  }

  private void schedule() {
    if (entries.isEmpty()) {
      return;
    }
    // The time is rounded up so that players with close due times share a timer.
    long due = Math.floorDiv(entries.peek().due() + STEP_NANOS - 1, STEP_NANOS) * STEP_NANOS;
    if (timer != null && wake - due <= 0) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    wake = due;
    long delay = Math.max(0, due - System.nanoTime());
    timer = loop.schedule(this::play, delay, TimeUnit.NANOSECONDS);
  }
}
