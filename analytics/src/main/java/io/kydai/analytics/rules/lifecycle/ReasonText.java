package io.kydai.analytics.rules.lifecycle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Values as reasons show them. */
public final class ReasonText {
  private ReasonText() {}

  /** Seconds without needless zeros: 3, 0.5. */
  public static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  /** Seconds as one says them: 0.4, 9.8, 12. */
  public static String seconds(double seconds) {
    int decimals = seconds < 10 ? 1 : 0;
    return BigDecimal.valueOf(seconds)
        .setScale(decimals, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** A measured value with as many digits as it deserves: 0.4, 9.8, 73. */
  public static String value(double value) {
    return seconds(value);
  }

  /** " for 3 s", or nothing where that would be no time to speak of. */
  public static String lasting(double seconds) {
    return seconds < 0.5 ? "" : " for " + seconds(seconds) + " s";
  }

  /** One of the classes: person, car or truck. */
  public static String one(Set<String> classes) {
    return String.join(" or ", new TreeSet<>(classes));
  }

  /** Several of the classes: people, buses or cars. */
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
