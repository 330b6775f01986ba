package io.kydai.models.document;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes the text form of durations that all documents of Kydai use: {@code 500ms},
 * {@code 10s}, {@code 2m}, {@code 1h}, {@code 30d} (days of 24 hours), or a number of seconds, with
 * at most six decimals. Durations are rounded to milliseconds.
 */
public final class DurationText {
  /** The grammar as a regular expression of ECMA-262, the dialect of JSON Schema. */
  public static final String PATTERN = "^[0-9]{1,9}(\\.[0-9]{1,6})? ?(ms|s|m|h|d)?$";

  private static final Pattern DURATION =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?) ?(ms|s|m|h|d)?");
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1000 / 1000;

  private DurationText() {}

  /**
   * Parses a duration.
   *
   * @param value a String, or a Number of seconds
   * @return the duration in whole milliseconds; empty where the value is not a duration
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

  /** Returns a text for the duration in the largest unit that divides it, such as {@code 2m}. */
  public static String write(Duration duration) {
    long milliseconds = duration.toMillis();
    if (milliseconds % 1_000 != 0) {
      return milliseconds + "ms";
    }
    long seconds = milliseconds / 1_000;
    if (seconds > 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
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
          case "d" -> 86_400_000;
          default -> 1_000;
        });
  }
}
