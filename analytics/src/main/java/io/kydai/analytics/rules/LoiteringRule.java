package io.kydai.analytics.rules;

import java.time.Duration;

/** {@code loitering}: somebody stays in a zone for long, standing or strolling. */
final class LoiteringRule {
  private LoiteringRule() {}

  static Rule of(Settings settings, AlertSink alerts) {
    return new Dwell(
        settings.zone("zone"),
        settings.classes(CocoClasses.PERSON),
        settings.duration("for", Duration.ofMinutes(1)),
        Duration.ofSeconds(10),
        "has stayed in",
        alerts);
  }
}
