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
 * Checks a rule's setting by what its type declares. What depends on several settings, or has a
 * grammar of its own, is left to the rule.
 */
final class ParameterCheck {
  private static final int MAX_TEXTS = 100;
  private static final Duration LONGEST = Duration.ofDays(7);

  private ParameterCheck() {}

  /**
   * Tells the value what is wrong with it.
   *
   * @param scene where lines and zones are; null where it is wrong itself
   */
  static void check(Parameter parameter, Value at, @Nullable Scene scene) {
    switch (parameter.kind()) {
      case NUMBER -> at.number(parameter.least(), parameter.most());
      case INTEGER ->
          at.number(parameter.least(), parameter.most())
              .filter(number -> number != Math.rint(number))
              .ifPresent(number -> at.wrong("a whole number is expected"));
      case DURATION -> at.duration(LONGEST);
      case BOOLEAN -> at.flag();
      case LINE, ZONE, ZONES -> {
        if (scene != null) {
          drawn(parameter, at, scene);
        }
      }
      case CHOICE -> word(at, parameter.values());
      case CHOICES -> each(at).forEach(item -> word(item, parameter.values()));
      case SIGNAL, CLASSES, SCHEDULE, TIME_ZONE -> {
        // The rule says what is wrong with these.
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

  /** An id of what is drawn; one that is no text is left to the rule. */
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

  /** The JSON Schema of the setting. */
  static Map<String, Object> schema(Parameter parameter) {
    return switch (parameter.kind()) {
      case NUMBER -> ValueType.number(parameter.least(), parameter.most()).schema();
      case INTEGER -> ValueType.whole((int) parameter.least(), (int) parameter.most()).schema();
      case DURATION -> ValueType.duration(LONGEST).schema();
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
