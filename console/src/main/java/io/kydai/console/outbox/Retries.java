package io.kydai.console.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The schedule of attempts to deliver an event, at increasing intervals.
 *
 * @param maxAge the age of an event at which the last attempt is made
 * @param hold how long an event may be held before its first attempt
 */
public record Retries(Duration maxAge, Duration hold) {
  /** The waits after the first failed attempt, the second and so on; the last one repeats. */
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
   * Returns the number of attempts within the age. It also ends the attempts when the event was
   * created while the clock was ahead.
   */
  int maxAttempts() {
    Duration age = Duration.ZERO;
    int attempts = 1;
    for (; age.compareTo(maxAge) < 0; attempts++) {
      age = age.plus(delay(attempts));
    }
    return attempts;
  }

  /** Returns the wait after a number of failed attempts; the first attempt is made at once. */
  static Duration delay(int attempts) {
    return attempts == 0 ? Duration.ZERO : DELAYS.get(Math.min(attempts, DELAYS.size()) - 1);
  }

  /** Returns the longest time between an attempt and the one before it, or the event's creation. */
  Duration longest(int attempts) {
    return attempts == 0 ? hold : delay(attempts);
  }

  /**
   * Returns the time of the next attempt.
   *
   * @param created the time at which the event was created
   * @param attempts the number of attempts that failed, at least 1
   * @return empty when delivery is given up
   */
  Optional<Instant> next(Instant created, int attempts, Instant now) {
    Instant end = created.plus(maxAge);
    if (!now.isBefore(end) || attempts >= maxAttempts()) {
      return Optional.empty();
    }
    Instant next = now.plus(delay(attempts));
    return Optional.of(next.isAfter(end) ? end : next);
  }
}
