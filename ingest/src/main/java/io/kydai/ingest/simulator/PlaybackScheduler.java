package io.kydai.ingest.simulator;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says when players of one event loop play, by one timer for all of them, at most {@value
 * #WAKES_PER_SECOND} times a second. Used on its loop only; holds the players that clients have
 * started.
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

  void add(Player player) {
    entries.add(new Entry(player, player.due()));
    schedule();
  }

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
    // Rounded up, so that players that are due soon after one another share a wake.
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
