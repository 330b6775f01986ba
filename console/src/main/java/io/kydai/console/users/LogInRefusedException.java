package io.kydai.console.users;

import java.time.Duration;

/** A log-in that is refused, without telling what of it was wrong. */
public final class LogInRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  LogInRefusedException(Duration retryAfter) {
    super(
        retryAfter.isZero()
            ? "Name or password is wrong."
            : "There were too many attempts. Try again later.",
        null,
        false,
        false);
    this.retryAfter = retryAfter;
  }

  /** Returns the time to wait before the next attempt is looked at; zero when there is none. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
