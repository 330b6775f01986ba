package io.kydai.analytics.rules.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as configuration writes them: {@code 500ms}, {@code 3s}, or a number of seconds. */
public final class Durations {
  public static final String RIGHT =
      "a duration of 0 to 7 days such as 3s, 500ms, 2m, 1h, or a number of seconds";

  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?) ?(ms|s|m|h)?");
  private static final Duration LONGEST = Duration.ofDays(7);

  private Durations() {}

  /** A duration as configuration writes it, in the largest unit in which it is a whole number. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }

  /** Empty when it is none, or too long. */
  public static Optional<Duration> read(Object value) {
    Matcher matcher = DURATION.matcher(value.toString().strip());
    if (!(value instanceof Number || value instanceof String) || !matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    double seconds =
        Double.parseDouble(matcher.group(1))
            * switch (unit) {
              case "ms" -> 0.001;
              case "m" -> 60;
              case "h" -> 3600;
              default -> 1;
            };
    return seconds > LONGEST.toSeconds()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
  }
}
