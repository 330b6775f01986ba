package io.kydai.console.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A detail that events of a type may have.
 *
 * @param name the key, in lower case with dashes
 * @param kind the kind of value
 * @param meaning what the value says, for the documentation
 */
record Detail(String name, Kind kind, String meaning) {
  /** The kind of value of a detail. */
  enum Kind {
    TEXT("text"),
    INTEGER("integer"),
    BOOLEAN("true or false"),
    TIME("time"),
    /** An object of any content. */
    OBJECT("object"),
    /** An object with the changed keys, each with its value {@code before} and {@code after}. */
    CHANGES("changes");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Returns the kind's name in the documentation. */
    String words() {
      return words;
    }

    /** Returns whether a value, as Java has it, is of this kind. */
    boolean accepts(Object value) {
      return switch (this) {
        case TEXT -> value instanceof String || value instanceof Enum<?>;
        case INTEGER -> value instanceof Integer || value instanceof Long;
        case BOOLEAN -> value instanceof Boolean;
        case TIME -> value instanceof Instant;
        case OBJECT, CHANGES -> value instanceof Map<?, ?>;
      };
    }

    /** Returns the JSON Schema of the values; an object that was cut has only {@code cut}. */
    Map<String, Object> schema() {
      return switch (this) {
        case TEXT -> ordered("type", "string");
        case INTEGER -> ordered("type", "integer");
        case BOOLEAN -> ordered("type", "boolean");
        case TIME -> ordered("type", "string", "format", "date-time");
        case OBJECT -> ordered("type", "object");
        case CHANGES ->
            ordered(
                "type",
                "object",
                "properties",
                ordered("cut", ordered("type", "string")),
                "additionalProperties",
                ordered(
                    "type",
                    "object",
                    "properties",
                    ordered("before", ordered(), "after", ordered()),
                    "additionalProperties",
                    false));
      };
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keysAndValues.length; i += 2) {
        map.put((String) keysAndValues[i], keysAndValues[i + 1]);
      }
      return map;
    }
  }

  Detail {
    requireNonNull(name);
    requireNonNull(kind);
    requireNonNull(meaning);
  }

  static Detail text(String name, String meaning) {
    return new Detail(name, Kind.TEXT, meaning);
  }

  static Detail integer(String name, String meaning) {
    return new Detail(name, Kind.INTEGER, meaning);
  }

  static Detail bool(String name, String meaning) {
    return new Detail(name, Kind.BOOLEAN, meaning);
  }

  static Detail time(String name, String meaning) {
    return new Detail(name, Kind.TIME, meaning);
  }

  static Detail object(String name, String meaning) {
    return new Detail(name, Kind.OBJECT, meaning);
  }

  static Detail changes(String what) {
    return new Detail(
        "changes", Kind.CHANGES, "the changed keys of " + what + ", before and after");
  }
}
