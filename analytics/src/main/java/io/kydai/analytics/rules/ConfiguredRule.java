package io.kydai.analytics.rules;

import io.kydai.analytics.rules.settings.Parameter;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A rule with all that it was made from, so that it can go on in a camera's next engine when none
 * of that was changed.
 *
 * @param lines the lines of the scene that its settings name
 * @param zones the zones of the scene that its settings name
 * @param ground the scene's calibration; null where there is none
 * @param fed whether it also depends on signals or plates, whose feeds belong to one engine
 */
record ConfiguredRule(
    RuleSpec spec,
    List<Line> lines,
    List<Zone> zones,
    @Nullable Calibration ground,
    boolean fed,
    Rule rule) {

  static ConfiguredRule of(RuleSpec spec, RuleType type, Scene scene, Rule rule) {
    Set<String> named = new TreeSet<>();
    for (Parameter parameter : type.parameters()) {
      switch (parameter.kind()) {
        case LINE, ZONE, ZONES -> collect(spec.settings().get(parameter.name()), named);
        default -> {
          // Another kind names nothing of the scene that is used apart from a feed.
        }
      }
    }
    return new ConfiguredRule(
        spec,
        scene.lines().stream().filter(line -> named.contains(line.id())).toList(),
        scene.zones().stream().filter(zone -> named.contains(zone.id())).toList(),
        scene.calibration(),
        type.needs().contains(RuleType.Need.SIGNAL)
            || type.needs().contains(RuleType.Need.WATCH_LIST),
        rule);
  }

  private static void collect(@Nullable Object value, Set<String> into) {
    if (value instanceof List<?> several) {
      several.forEach(one -> into.add(String.valueOf(one)));
    } else if (value != null) {
      into.add(String.valueOf(value));
    }
  }

  /** Returns the rule before where nothing was changed, or else this one. */
  ConfiguredRule after(@Nullable ConfiguredRule before) {
    if (before == null || fed) {
      return this;
    }
    boolean same =
        spec.equals(before.spec)
            && lines.equals(before.lines)
            && zones.equals(before.zones)
            && Objects.equals(ground, before.ground);
    return same ? before : this;
  }
}
