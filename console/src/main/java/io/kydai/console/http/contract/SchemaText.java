package io.kydai.console.http.contract;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.answer.ErrorText;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Puts into words what a schema of the contract asks of a value. */
final class SchemaText {
  private static final String WITHOUT_SPACES = "^\\S+$";

  private final ContractDocument contract;

  SchemaText(ContractDocument contract) {
    this.contract = contract;
  }

  /** Returns such as {@code a whole number from 1 to 200}. */
  String expected(JsonNode reference) {
    JsonNode schema = contract.resolve(reference);
    if (schema.has("enum")) {
      return "one of " + words(schema.get("enum"), ", ");
    }
    if (schema.has("const")) {
      return schema.get("const").asText();
    }
    if (schema.has("anyOf")) {
      return StreamSupport.stream(schema.get("anyOf").spliterator(), false)
          .map(this::expected)
          .collect(joining(", or "));
    }
    return switch (schema.path("type").asText()) {
      case "integer" -> "a whole number" + range(schema, "minimum", "maximum", "");
      case "number" -> "a number" + range(schema, "minimum", "maximum", "");
      case "boolean" -> "true or false";
      case "string" -> text(schema);
      case "array" -> "a list" + range(schema, "minItems", "maxItems", " entries");
      case "object" -> "an object with " + keys(schema);
      default -> "a value that the contract has";
    };
  }

  private static String text(JsonNode schema) {
    if (schema.path("pattern").asText().equals(WITHOUT_SPACES)) {
      return "a text without spaces";
    }
    if (schema.has("pattern")) {
      return "a text that matches " + schema.get("pattern").asText();
    }
    return switch (schema.path("format").asText()) {
      case "date-time" -> "a time such as 2026-11-22T08:30:00Z";
      case "uri" -> "an address";
      case "byte" -> "a text in Base64";
      default -> "a text" + range(schema, "minLength", "maxLength", " characters");
    };
  }

  private static String range(JsonNode schema, String least, String most, String unit) {
    if (schema.has(least) && schema.has(most)) {
      return schema.get(least).equals(schema.get(most))
          ? " of " + schema.get(most).asText() + unit
          : " from " + schema.get(least).asText() + " to " + schema.get(most).asText() + unit;
    }
    if (schema.has(least)) {
      return " of at least " + schema.get(least).asText() + unit;
    }
    return schema.has(most) ? " of at most " + schema.get(most).asText() + unit : "";
  }

  private static String words(JsonNode values, String between) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(JsonNode::asText)
        .collect(joining(between));
  }

  /** Returns the names of an object's keys, in the order of the alphabet. */
  String keys(JsonNode schema) {
    Set<String> keys = new TreeSet<>();
    collect(schema, keys);
    return ErrorText.sorted(keys);
  }

  private void collect(JsonNode reference, Set<String> keys) {
    JsonNode schema = contract.resolve(reference);
    schema.path("properties").fieldNames().forEachRemaining(keys::add);
    schema.path("allOf").forEach(part -> collect(part, keys));
  }
}
