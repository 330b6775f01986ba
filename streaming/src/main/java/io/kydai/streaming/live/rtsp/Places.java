package io.kydai.streaming.live.rtsp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bounded number of places, in all and for each key; beyond either bound none is given. Safe for
 * many threads.
 */
final class Places {
  private final int most;
  private final int mostOfKey;
  private final Map<Object, Integer> taken = new HashMap<>();
  private int all;

  Places(int most, int mostOfKey) {
    this.most = most;
    this.mostOfKey = mostOfKey;
  }

  /** A place, which is given back once, however often it is told. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** Takes a place; empty where there is none. */
  synchronized Optional<Place> take(Object key) {
    if (all >= most || taken.getOrDefault(key, 0) >= mostOfKey) {
      return Optional.empty();
    }
    all++;
    taken.merge(key, 1, Integer::sum);
    AtomicBoolean held = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (held.getAndSet(false)) {
            giveBack(key);
          }
        });
  }

  private synchronized void giveBack(Object key) {
    all--;
    taken.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }

  synchronized int count() {
    return all;
  }
}
