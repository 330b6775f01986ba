package io.kydai.analytics.rules;

import java.math.BigDecimal;
import java.time.Duration;

/** Values as reasons show them. */
final class Text {
  private Text() {}

  /** Seconds without needless zeros: 3, 0.5. */
  static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
