package io.kydai.console.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The schedule of attempts to deliver an event, at increasing intervals over three days. */
final class Retries {
  /** The age of an event at which the last attempt is made. */
  static final Duration MAX_AGE = Duration.ofDays(3);

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
   * The number of attempts within {@link #MAX_AGE}. It also ends the attempts when the event was
   * created while the clock was ahead.
   */
  static final int MAX_ATTEMPTS = maxAttempts();

  private Retries() {}

  private static int maxAttempts() {
    Duration age = Duration.ZERO;
    int attempts = 1;
    for (; age.compareTo(MAX_AGE) < 0; attempts++) {
      age = age.plus(delay(attempts));
    }
    return attempts;
  }

  /** Returns the wait after a number of failed attempts; the first attempt is made at once. */
  static Duration delay(int attempts) {
    return attempts == 0 ? Duration.ZERO : DELAYS.get(Math.min(attempts, DELAYS.size()) - 1);
  }

  /**
   * Returns the time of the next attempt.
   *
   * @param created the time at which the event was created
   * @param attempts the number of attempts that failed, at least 1
   * @return empty when delivery is given up
   */
  static Optional<Instant> next(Instant created, int attempts, Instant now) {
    Instant end = created.plus(MAX_AGE);
    if (!now.isBefore(end) || attempts >= MAX_ATTEMPTS) {
      return Optional.empty();
    }
    Instant next = now.plus(delay(attempts));
    return Optional.of(next.isAfter(end) ? end : next);
  }
}
