package io.kydai.analytics.rules;

import io.kydai.analytics.scene.Line;

/** {@code lane-violation}: a vehicle crosses a line that none may cross, such as a solid one. */
final class LaneViolationRule {
  private LaneViolationRule() {}

  static Rule of(Settings settings, AlertSink alerts) {
    Line line = settings.line("line");
    return new Offences(
        line,
        settings.classes(CocoClasses.VEHICLES),
        (direction, when) -> true,
        when -> "crossed the solid line " + line.id(),
        alerts);
  }
}
