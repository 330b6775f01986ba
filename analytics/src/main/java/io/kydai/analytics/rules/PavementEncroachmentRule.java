package io.kydai.analytics.rules;

import java.time.Duration;

/** {@code pavement-encroachment}: a vehicle rides or stands where people walk. */
final class PavementEncroachmentRule {
  private PavementEncroachmentRule() {}

  static Rule of(Settings settings, AlertSink alerts) {
    return new Dwell(
        settings.zone("zone"),
        settings.classes(CocoClasses.VEHICLES),
        settings.duration("for", Duration.ofSeconds(3)),
        Duration.ofSeconds(10),
        "has been on the pavement of",
        alerts);
  }
}
