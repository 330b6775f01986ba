package io.kydai.analytics.rules;

import io.kydai.analytics.scene.Line;
import java.util.Locale;
import java.util.Set;

/** {@code wrong-way}: who crosses a line against the direction that is allowed. */
final class WrongWayRule {
  private WrongWayRule() {}

  static Rule of(Settings settings, AlertSink alerts) {
    Line line = settings.line("line");
    Direction allowed = settings.choice("allowed", Direction.class);
    return new Offences(
        line,
        settings.classes(Set.of()),
        (direction, when) -> direction != allowed,
        when ->
            "crossed line "
                + line.id()
                + " the wrong way (allowed: "
                + allowed.name().toLowerCase(Locale.ROOT)
                + ")",
        alerts);
  }
}
