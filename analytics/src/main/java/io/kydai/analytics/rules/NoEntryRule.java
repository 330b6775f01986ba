package io.kydai.analytics.rules;

import java.time.Duration;

/** {@code no-entry}: a vehicle is where its class may not be, or not at these hours. */
final class NoEntryRule {
  private NoEntryRule() {}

  static Rule of(Settings settings, AlertSink alerts) {
    return new Dwell(
        settings.zone("zone"),
        settings.classes(CocoClasses.VEHICLES),
        settings.duration("for", Duration.ofSeconds(1)),
        Duration.ofSeconds(5),
        "has been in the closed",
        alerts);
  }
}
