package io.kydai.analytics.rules;

import java.time.Duration;

/**
 * {@code illegal-parking}: a vehicle stands where it may not, for longer than one waits at a light.
 * A place is remembered as {@link StoppedRule} does it, so what stays parked is told once.
 */
final class IllegalParkingRule {
  private IllegalParkingRule() {}

  static Rule of(Settings settings, AlertSink alerts) {
    return StoppedRule.of(
        settings, Duration.ofMinutes(3), " has been parked in the no-parking zone ", alerts);
  }
}
