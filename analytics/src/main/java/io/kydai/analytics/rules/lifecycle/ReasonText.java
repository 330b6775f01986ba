package io.kydai.analytics.rules.lifecycle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** The text of values in the reasons of alerts. */
public final class ReasonText {
  private ReasonText() {}

  /** Returns seconds without trailing zeros, such as 3 or 0.5. */
  public static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  /** Returns seconds with one decimal below ten and none above, such as 0.4, 9.8 or 12. */
  public static String seconds(double seconds) {
    int decimals = seconds < 10 ? 1 : 0;
    return BigDecimal.valueOf(seconds)
        .setScale(decimals, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Returns a measured value, rounded as seconds are: 0.4, 9.8, 73. */
  public static String value(double value) {
    return seconds(value);
  }

  /** Returns " for 3 s", or nothing below half a second. */
  public static String forSeconds(double seconds) {
    return seconds < 0.5 ? "" : " for " + seconds(seconds) + " s";
  }

  /** Returns the classes in the singular: person, car or truck. */
  public static String one(Set<String> classes) {
    return String.join(" or ", new TreeSet<>(classes));
  }

  /** Returns the classes in the plural: people, buses or cars. */
  public static String many(Set<String> classes) {
    TreeSet<String> plurals = new TreeSet<>();
    for (String name : classes) {
      plurals.add(
          name.equals("person")
              ? "people"
              : name.endsWith("s") || name.endsWith("ch") ? name + "es" : name + "s");
    }
    return String.join(" or ", plurals);
  }
}
