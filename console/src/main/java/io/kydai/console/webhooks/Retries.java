package io.kydai.console.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When an event is tried again: over three days, further and further apart. */
final class Retries {
  /** Counted from the event's creation. The last attempt is made at this age. */
  static final Duration PATIENCE = Duration.ofDays(3);

  /** After the first failed attempt, the second, …; the last one repeats. */
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10));

  /**
   * So many attempts fit into {@link #PATIENCE}. They end it also where the creation was written by
   * a clock that ran ahead.
   */
  static final int MOST_ATTEMPTS = mostAttempts();

  private Retries() {}

  private static int mostAttempts() {
    Duration age = Duration.ZERO;
    int attempts = 1;
    for (; age.compareTo(PATIENCE) < 0; attempts++) {
      age = age.plus(delay(attempts));
    }
    return attempts;
  }

  /** How long is waited after so many failed attempts; the first is made at once. */
  static Duration delay(int attempts) {
    return attempts == 0 ? Duration.ZERO : DELAYS.get(Math.min(attempts, DELAYS.size()) - 1);
  }

  /**
   * @param attempts that failed so far, at least 1
   * @return empty when there is no more patience
   */
  static Optional<Instant> next(Instant created, int attempts, Instant now) {
    Instant end = created.plus(PATIENCE);
    if (!now.isBefore(end) || attempts >= MOST_ATTEMPTS) {
      return Optional.empty();
    }
    Instant next = now.plus(delay(attempts));
    return Optional.of(next.isAfter(end) ? end : next);
  }
}
