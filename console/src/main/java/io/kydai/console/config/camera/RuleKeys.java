package io.kydai.console.config.camera;

import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.settings.InvalidRuleException;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.CameraId;
import io.kydai.models.document.Distinct;
import io.kydai.models.document.Section;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import io.kydai.models.document.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is asked of a camera's scene: {@code rules}. Which keys a rule has is for its type to say.
 */
final class RuleKeys {
  private static final int MAX_TYPE = 63;
  private static final CameraId UNNAMED = new CameraId("unnamed");

  private static final Map<String, Object> SCHEMA =
      ValueType.schema(
          "type",
          "object",
          "properties",
          ValueType.schema(
              "id",
              SceneKeys.ID_TYPE.schema(),
              "type",
              ValueType.schema("enum", List.copyOf(RuleTypes.all().keySet()))),
          "required",
          List.of("id", "type"));

  private RuleKeys() {}

  /**
   * Rules of a scene.
   *
   * @param before the camera's id and scene; where the scene is wrong, rules are not held against
   *     it, which would only repeat what is known
   */
  static ValueType<List<RuleSpec>> rules(Values before) {
    CameraId camera = before.find("id", CameraId.class).orElse(UNNAMED);
    Optional<Scene> scene = before.find("scene", Scene.class);
    return ValueType.list(rule(camera, scene), SceneKeys.MAX_ITEMS, Distinct.IDS);
  }

  private static ValueType<RuleSpec> rule(CameraId camera, Optional<Scene> scene) {
    return ValueType.of(
        at -> at.section().flatMap(section -> read(section, camera, scene)),
        RuleKeys::write,
        SCHEMA);
  }

  private static Optional<RuleSpec> read(Section section, CameraId camera, Optional<Scene> scene) {
    Optional<String> id =
        section.need("id", "a name that is unique here").flatMap(SceneKeys.ID_TYPE::read);
    Optional<String> type =
        section
            .need("type", "a rule's type, such as crowding")
            .flatMap(value -> value.text(MAX_TYPE));
    Map<String, Object> settings = new LinkedHashMap<>();
    section
        .values()
        .forEach(
            (key, value) -> {
              if (!key.equals("id") && !key.equals("type") && !value.tree().isNull()) {
                value.plain().ifPresent(plain -> settings.put(key, plain));
              }
            });
    if (id.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    RuleSpec rule = new RuleSpec(id.get(), type.get(), settings);
    return scene.isEmpty() ? Optional.of(rule) : checked(rule, camera, scene.get(), section);
  }

  private static Optional<RuleSpec> checked(
      RuleSpec rule, CameraId camera, Scene scene, Section section) {
    try {
      new RuleEngine(camera, scene, List.of(rule), () -> "unused");
      return Optional.of(rule);
    } catch (InvalidRuleException e) {
      Value at = section.place(e.key());
      String prefix = e.key() + ": ";
      String message = e.getMessage();
      return at.wrong(message.startsWith(prefix) ? message.substring(prefix.length()) : message);
    }
  }

  /** The rule's own settings in the order of the alphabet, so that equal rules read the same. */
  private static Map<String, Object> write(RuleSpec rule) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("id", rule.id());
    written.put("type", rule.type());
    written.putAll(new TreeMap<>(rule.settings()));
    return written;
  }
}
