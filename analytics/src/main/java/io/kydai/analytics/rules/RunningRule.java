package io.kydai.analytics.rules;

import java.time.Duration;

/** {@code running}: somebody runs where people walk; asks for a calibrated scene. */
final class RunningRule {
  private static final double RUNS = 3;

  private RunningRule() {}

  static Rule of(Settings settings, AlertSink alerts) {
    return new Haste(
        settings.zone("zone"),
        settings.classes(CocoClasses.PERSON),
        settings.decimal("speed", 0.5, 12, RUNS),
        settings.duration("for", Duration.ofSeconds(1)),
        settings.ground(),
        Haste.Unit.METRES_PER_SECOND,
        alerts);
  }
}
