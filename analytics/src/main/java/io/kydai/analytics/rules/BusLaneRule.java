package io.kydai.analytics.rules;

import java.time.Duration;
import java.util.Set;

/** {@code bus-lane}: a vehicle that is no bus goes along the buses' lane, and not only across. */
final class BusLaneRule {
  private static final Set<String> OTHERS = Set.of("car", "motorcycle", "truck");

  private BusLaneRule() {}

  static Rule of(Settings settings, AlertSink alerts) {
    return new Dwell(
        settings.zone("zone"),
        settings.classes(OTHERS),
        settings.duration("for", Duration.ofSeconds(3)),
        Duration.ofSeconds(5),
        "has been in the bus lane of",
        alerts);
  }
}
