package io.kydai.console.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The documentation of the types of events, made from {@link AuditEventType}. */
final class AuditCatalogue {
  private AuditCatalogue() {}

  /** Returns {@code docs/audit-events.md}. */
  static String markdown() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Events of the audit

        This page and [audit-events.schema.json](audit-events.schema.json), the JSON Schema of an
        exported entry, are made from `AuditEventType`; a test holds them to it. What an entry is,
        and how the chain is verified, is in [audit.md](audit.md). A detail is absent where it has
        no value. None contains a password, a token or another secret.
        """
            .replaceAll("(?<=[a-z,])\n(?=[a-z])", " "));
    for (AuditEventType type : AuditEventType.values()) {
      page.append("\n## `").append(type.wire()).append("`\n").append(type.meaning());
      type.grouped().ifPresent(grouped -> page.append(' ').append(grouped.words()));
      page.append('\n');
      if (!type.details().isEmpty()) {
        page.append("\n| detail | value | meaning |\n|---|---|---|\n");
        for (Detail detail : type.details()) {
          page.append(
              "| `%s` | %s | %s |\n"
                  .formatted(detail.name(), detail.kind().words(), detail.meaning()));
        }
      }
    }
    return page.toString();
  }

  /** Returns the JSON Schema (draft 2020-12) of an exported entry. */
  static Map<String, Object> schema() {
    Map<String, Object> text = Map.of("type", "string");
    Map<String, Object> hash = ordered("type", "string", "pattern", "^[0-9a-f]{64}$");
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("number", ordered("type", "integer", "minimum", 1));
    properties.put("at", ordered("type", "string", "format", "date-time"));
    properties.put(
        "type",
        Map.of("enum", Stream.of(AuditEventType.values()).map(AuditEventType::wire).toList()));
    Map<String, Object> actor = ordered("type", "object");
    actor.put("required", List.of("kind", "id", "name"));
    actor.put("additionalProperties", false);
    actor.put(
        "properties",
        ordered(
            "kind",
            Map.of("enum", Stream.of(Actor.Kind.values()).map(AuditText::dashed).toList()),
            "id",
            text,
            "name",
            text));
    properties.put("actor", actor);
    for (String optional : List.of("address", "request", "camera", "report", "reason")) {
      properties.put(optional, text);
    }
    properties.put("details", Map.of("type", "object"));
    properties.put("previous", hash);
    properties.put("hash", hash);

    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "An entry of Kydai's audit");
    schema.put("type", "object");
    schema.put("required", List.of("number", "at", "type", "actor", "details", "previous", "hash"));
    schema.put("additionalProperties", false);
    schema.put("properties", properties);
    schema.put("allOf", Stream.of(AuditEventType.values()).map(AuditCatalogue::rule).toList());
    return schema;
  }

  /** Returns the part of the schema that holds for the details of one type. */
  private static Map<String, Object> rule(AuditEventType type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    type.details().forEach(detail -> properties.put(detail.name(), described(detail)));
    Map<String, Object> details = ordered("properties", properties, "additionalProperties", false);
    return ordered(
        "if",
        Map.of("properties", Map.of("type", Map.of("const", type.wire()))),
        "then",
        ordered("description", type.meaning(), "properties", ordered("details", details)));
  }

  private static Map<String, Object> described(Detail detail) {
    Map<String, Object> schema = new LinkedHashMap<>(detail.kind().schema());
    schema.put("description", detail.meaning());
    return schema;
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
