package io.kydai.analytics.rules;

import java.time.Duration;

/** {@code speeding}: a vehicle is faster than the limit; asks for a calibrated scene. */
final class SpeedingRule {
  private SpeedingRule() {}

  static Rule of(Settings settings, AlertSink alerts) {
    return new Haste(
        settings.zone("zone"),
        settings.classes(CocoClasses.VEHICLES),
        settings.decimal("limit", 1, 300),
        settings.duration("for", Duration.ofMillis(500)),
        settings.ground(),
        Haste.Unit.KILOMETRES_PER_HOUR,
        alerts);
  }
}
