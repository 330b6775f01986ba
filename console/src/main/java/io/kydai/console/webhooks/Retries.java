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

  private Retries() {}

  /**
   * @param attempts that failed so far, at least 1
   * @return empty when there is no more patience
   */
  static Optional<Instant> next(Instant created, int attempts, Instant now) {
    Instant end = created.plus(PATIENCE);
    if (!now.isBefore(end)) {
      return Optional.empty();
    }
    Instant next = now.plus(DELAYS.get(Math.min(attempts, DELAYS.size()) - 1));
    return Optional.of(next.isAfter(end) ? end : next);
  }
}
