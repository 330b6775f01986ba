package io.kydai.analytics.rules.settings;

import io.kydai.models.document.DurationText;
import java.time.Duration;
import java.util.Optional;

/** Durations as configuration writes them: {@code 500ms}, {@code 3s}, or a number of seconds. */
public final class Durations {
  public static final String RIGHT =
      "a duration of 0 to 7 days such as 3s, 500ms, 2m, 1h, or a number of seconds";

  private static final Duration LONGEST = Duration.ofDays(7);

  private Durations() {}

  /** A duration as configuration writes it, in the largest unit in which it is a whole number. */
  public static String text(Duration duration) {
    return DurationText.write(duration);
  }

  /** Empty when it is none, or too long. */
  public static Optional<Duration> read(Object value) {
    return DurationText.read(value).filter(duration -> duration.compareTo(LONGEST) <= 0);
  }
}
