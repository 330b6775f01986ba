package io.kydai.console.config.camera;

import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.settings.InvalidRuleException;
import io.kydai.analytics.rules.settings.Parameter;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.Distinct;
import io.kydai.models.document.Section;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import io.kydai.models.document.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of {@code rules}; those of one rule are declared by its {@link RuleType}. */
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
          List.of("id", "type"),
          "allOf",
          RuleTypes.all().values().stream().map(RuleKeys::schema).toList());

  private RuleKeys() {}

  /**
   * Returns the type of the rules of a camera.
   *
   * @param before the values of the camera's id and scene; where the scene is wrong, references to
   *     it are not checked
   */
  static ValueType<List<RuleSpec>> rules(Values before) {
    CameraId camera = before.find("id", CameraId.class).orElse(UNNAMED);
    Scene scene = before.find("scene", Scene.class).orElse(null);
    return ValueType.list(rule(camera, scene), SceneKeys.MAX_ITEMS, Distinct.IDS);
  }

  private static ValueType<RuleSpec> rule(CameraId camera, @Nullable Scene scene) {
    return ValueType.of(
        at -> at.section().flatMap(section -> read(section, camera, scene)),
        RuleKeys::write,
        SCHEMA);
  }

  private static Optional<RuleSpec> read(Section section, CameraId camera, @Nullable Scene scene) {
    Optional<String> id =
        section.need("id", "a name that is unique here").flatMap(SceneKeys.ID_TYPE::read);
    Optional<String> type =
        section
            .need("type", "a rule's type, such as crowding")
            .flatMap(value -> value.text(MAX_TYPE));
    Optional<RuleType> known = type.map(RuleTypes.all()::get);
    int before = section.problems().count();
    known.ifPresent(one -> checkKeys(one, section, scene));
    if (id.isEmpty() || type.isEmpty() || section.problems().count() > before) {
      return Optional.empty();
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    section
        .values()
        .forEach(
            (key, value) -> {
              if (!key.equals("id") && !key.equals("type") && !value.tree().isNull()) {
                value.plain().ifPresent(plain -> settings.put(key, plain));
              }
            });
    RuleSpec rule = new RuleSpec(id.get(), type.get(), settings);
    return scene == null ? Optional.of(rule) : checked(rule, camera, scene, section);
  }

  /** Checks each key by its declaration, so that every mistake of a rule is reported. */
  private static void checkKeys(RuleType type, Section section, @Nullable Scene scene) {
    parameters(type)
        .forEach(
            parameter -> {
              String name = parameter.name();
              Optional<Value> at =
                  parameter.required()
                      ? section.need(name, parameter.description() + ",")
                      : section.get(name);
              at.ifPresent(value -> ParameterCheck.check(parameter, value, scene));
            });
    section.end();
  }

  private static Stream<Parameter> parameters(RuleType type) {
    return Stream.concat(type.parameters().stream(), RuleType.COMMON.stream());
  }

  /** Returns the JSON Schema of a rule of a type. */
  private static Map<String, Object> schema(RuleType type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("id", true);
    properties.put("type", true);
    List<String> needed = new ArrayList<>();
    parameters(type)
        .forEach(
            parameter -> {
              Map<String, Object> property = new LinkedHashMap<>(ParameterCheck.schema(parameter));
              property.put("description", parameter.description());
              properties.put(parameter.name(), property);
              if (parameter.required()) {
                needed.add(parameter.name());
              }
            });
    Map<String, Object> then =
        ValueType.schema("properties", properties, "additionalProperties", false);
    if (!needed.isEmpty()) {
      then.put("required", needed);
    }
    return ValueType.schema(
        "if",
        ValueType.schema(
            "properties", ValueType.schema("type", ValueType.schema("const", type.name()))),
        "then",
        then);
  }

  private static Optional<RuleSpec> checked(
      RuleSpec rule, CameraId camera, Scene scene, Section section) {
    try {
      new RuleEngine(camera, scene, List.of(rule), () -> AlertId.of("unused"));
      return Optional.of(rule);
    } catch (InvalidRuleException e) {
      Value at = section.place(e.key());
      String prefix = e.key() + ": ";
      String message = String.valueOf(e.getMessage());
      return at.wrong(message.startsWith(prefix) ? message.substring(prefix.length()) : message);
    }
  }

  /** Writes a rule with its parameters sorted by name, so that equal rules have equal texts. */
  private static Map<String, Object> write(RuleSpec rule) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("id", rule.id());
    written.put("type", rule.type());
    written.putAll(new TreeMap<>(rule.settings()));
    return written;
  }
}
