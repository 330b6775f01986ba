package io.kydai.console.config.camera;

import io.kydai.analytics.rules.settings.Parameter;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.models.document.Nearest;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks a rule's parameter by its declaration. Checks that concern several parameters, or a
 * parameter with its own grammar, are left to the rule.
 */
final class ParameterCheck {
  private static final int MAX_TEXTS = 100;
  private static final Duration MAX_DURATION = Duration.ofDays(7);

  private ParameterCheck() {}

  /**
   * Adds a problem to a value that its declaration does not permit.
   *
   * @param scene the scene with the lines and zones to which the value may refer; null where the
   *     scene itself is wrong
   */
  static void check(Parameter parameter, Value at, @Nullable Scene scene) {
    switch (parameter.kind()) {
      case NUMBER -> at.number(parameter.least(), parameter.most());
      case INTEGER ->
          at.number(parameter.least(), parameter.most())
              .filter(number -> number != Math.rint(number))
              .ifPresent(number -> at.wrong("a whole number is expected"));
      case DURATION -> at.duration(MAX_DURATION);
      case BOOLEAN -> at.flag();
      case LINE, ZONE, ZONES -> {
        if (scene != null) {
          drawn(parameter, at, scene);
        }
      }
      case CHOICE -> word(at, parameter.values());
      case CHOICES -> each(at).forEach(item -> word(item, parameter.values()));
      case SIGNAL, CLASSES, SCHEDULE, TIME_ZONE -> {
        // The rule itself checks these.
      }
    }
  }

  private static void drawn(Parameter parameter, Value at, Scene scene) {
    switch (parameter.kind()) {
      case LINE -> one(at, "line", scene.lines().stream().map(Line::id).toList());
      case ZONE -> one(at, "zone", zones(scene));
      default -> each(at).forEach(item -> one(item, "zone", zones(scene)));
    }
  }

  private static List<String> zones(Scene scene) {
    return scene.zones().stream().map(Zone::id).toList();
  }

  private static List<Value> each(Value at) {
    return at.isList() ? at.items(MAX_TEXTS) : List.of(at);
  }

  private static void word(Value at, List<String> words) {
    if (at.word().filter(word -> words.contains(word.toLowerCase(Locale.ROOT))).isEmpty()) {
      at.wrong("one of " + String.join(", ", words) + " is expected");
    }
  }

  /** Checks that an id is in the scene; a value that is not a text is left to the rule. */
  private static void one(Value at, String what, List<String> ids) {
    at.word()
        .filter(id -> !id.isBlank() && !ids.contains(id.strip()))
        .ifPresent(
            id ->
                at.wrong(
                    "there is no %s '%s' in the scene; %s"
                        .formatted(
                            what,
                            id,
                            ids.isEmpty()
                                ? "it has no " + what + "s: draw one"
                                : Nearest.hint(id, ids))));
  }

  /** Returns the JSON Schema of a parameter. */
  static Map<String, Object> schema(Parameter parameter) {
    return switch (parameter.kind()) {
      case NUMBER -> ValueType.number(parameter.least(), parameter.most()).schema();
      case INTEGER -> ValueType.whole((int) parameter.least(), (int) parameter.most()).schema();
      case DURATION -> ValueType.duration(MAX_DURATION).schema();
      case BOOLEAN -> ValueType.flag().schema();
      case CHOICE -> ValueType.oneOf(parameter.values()).schema();
      case CHOICES -> several(ValueType.oneOf(parameter.values()).schema());
      case LINE, ZONE, SIGNAL, TIME_ZONE -> ValueType.schema("type", "string");
      case ZONES, CLASSES, SCHEDULE -> several(ValueType.schema("type", "string"));
    };
  }

  private static Map<String, Object> several(Map<String, Object> one) {
    return ValueType.schema(
        "anyOf",
        List.of(
            one,
            ValueType.schema("type", "array", "items", one, "minItems", 1, "maxItems", MAX_TEXTS)));
  }
}
