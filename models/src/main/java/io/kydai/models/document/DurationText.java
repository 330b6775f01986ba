package io.kydai.models.document;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as every document of Kydai writes them: {@code 500ms}, {@code 10s}, {@code 2m}, {@code
 * 1h}, or a number of seconds; at most six decimals, rounded to milliseconds.
 */
public final class DurationText {
  /** The grammar, in the dialect that JSON Schema shares (ECMA-262). */
  public static final String PATTERN = "^[0-9]{1,9}(\\.[0-9]{1,6})? ?(ms|s|m|h)?$";

  private static final Pattern DURATION =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?) ?(ms|s|m|h)?");
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1000 / 1000;

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @param value a text, or a number of seconds
   * @return empty where it is none
   */
  public static Optional<Duration> read(Object value) {
    if (value instanceof Number number) {
      double seconds = number.doubleValue();
      return seconds >= 0 && seconds <= MAX_SECONDS
          ? Optional.of(Duration.ofMillis(Math.round(seconds * 1000)))
          : Optional.empty();
    }
    Matcher matcher = DURATION.matcher(value instanceof String text ? text.strip() : "");
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal milliseconds = new BigDecimal(matcher.group(1)).multiply(unit(matcher.group(2)));
    return Optional.of(
        Duration.ofMillis(milliseconds.setScale(0, RoundingMode.HALF_UP).longValueExact()));
  }

  /** The shortest text that reads as the duration, such as {@code 2m}. */
  public static String write(Duration duration) {
    long milliseconds = duration.toMillis();
    if (milliseconds % 1_000 != 0) {
      return milliseconds + "ms";
    }
    long seconds = milliseconds / 1_000;
    if (seconds > 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static BigDecimal unit(String unit) {
    if (unit == null) {
      return BigDecimal.valueOf(1_000);
    }
    return BigDecimal.valueOf(
        switch (unit) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 1_000;
        });
  }
}
