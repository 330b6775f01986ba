package io.kydai.console.users.factor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What waits in memory for somebody's answer, each under a key, for a limited time and for one
 * answer: taking it removes it. A new one replaces the one under the same key. At most 10,000 wait;
 * beyond that the oldest is forgotten, whose answer is then refused as one that came too late. The
 * methods may be called on any thread.
 */
public final class PendingChallenges<T> {
  private static final int MOST = 10_000;

  private record Pending<T>(T value, Instant until) {}

  private final Clock clock;
  private final Duration life;
  private final Map<String, Pending<T>> waiting = new LinkedHashMap<>();

  /**
   * @param life how long an answer is waited for
   */
  public PendingChallenges(Clock clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  /** Keeps a value until it is taken, replaced or too old. */
  public synchronized void put(String key, T value) {
    Instant now = clock.instant();
    waiting.values().removeIf(pending -> !pending.until().isAfter(now));
    waiting.remove(key);
    if (waiting.size() >= MOST) {
      var oldest = waiting.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    waiting.put(key, new Pending<>(value, now.plus(life)));
  }

  /** Returns a value and forgets it; empty when there is none, or it is too old. */
  public synchronized Optional<T> take(String key) {
    Pending<T> pending = waiting.remove(key);
    return pending == null || !pending.until().isAfter(clock.instant())
        ? Optional.empty()
        : Optional.of(pending.value());
  }

  /** Returns a value and keeps it; empty when there is none, or it is too old. */
  public synchronized Optional<T> peek(String key) {
    Pending<T> pending = waiting.get(key);
    return pending == null || !pending.until().isAfter(clock.instant())
        ? Optional.empty()
        : Optional.of(pending.value());
  }
}
