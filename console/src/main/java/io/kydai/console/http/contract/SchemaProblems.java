package io.kydai.console.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.vertx.json.schema.OutputUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns what the validator found in a body into one problem: the field is that of the first
 * mistake, the detail has the first {@value #MOST} mistakes. Values of the body are not repeated,
 * since they may be secret.
 */
final class SchemaProblems {
  private static final int MOST = 10;

  /** Keywords that only say that something within them failed, which has errors of its own. */
  private static final Set<String> CONTAINERS =
      Set.of("$ref", "allOf", "properties", "items", "prefixItems");

  private static final Set<String> CLOSED = Set.of("additionalProperties", "unevaluatedProperties");

  private final ContractDocument contract;
  private final SchemaText text;

  SchemaProblems(ContractDocument contract) {
    this.contract = contract;
    this.text = new SchemaText(contract);
  }

  /**
   * Returns the problem, with status 400.
   *
   * @param schema of the body
   * @param outcome the validator's, with all errors
   */
  Problem of(JsonNode schema, JsonNode body, OutputUnit outcome) {
    Map<String, String> mistakes = new LinkedHashMap<>();
    Map<String, String> unevaluated = new LinkedHashMap<>();
    List<String> told = new ArrayList<>();
    for (OutputUnit error : outcome.getErrors()) {
      String location = error.getKeywordLocation();
      String keyword = location.substring(location.lastIndexOf('/') + 1);
      if (CONTAINERS.contains(keyword) || told.stream().anyMatch(location::startsWith)) {
        continue;
      }
      JsonNode holder = contract.holder(schema, location);
      if (keyword.equals("anyOf")) {
        told.add(location + "/");
      }
      if (!CLOSED.contains(keyword)) {
        add(mistakes, keyword, holder, body, error.getInstanceLocation());
      } else if (holder.path(keyword).isBoolean()) {
        // A key counts as unevaluated also where its own value is what is wrong.
        (keyword.startsWith("un") ? unevaluated : mistakes)
            .putIfAbsent(
                field(error.getInstanceLocation()),
                "This key is unknown. Known: " + text.keys(holder) + ".");
      }
    }
    return problem(mistakes.isEmpty() ? unevaluated : mistakes);
  }

  private void add(
      Map<String, String> mistakes, String keyword, JsonNode holder, JsonNode body, String at) {
    if (!keyword.equals("required")) {
      mistakes.putIfAbsent(field(at), "Expected: " + text.expected(holder) + ".");
      return;
    }
    JsonNode object = body.at(at.substring(1));
    for (JsonNode key : holder.path("required")) {
      if (!object.has(key.asText())) {
        String expected = text.expected(holder.path("properties").path(key.asText()));
        mistakes.putIfAbsent(
            field(at + "/" + key.asText()),
            holder.path("properties").has(key.asText())
                ? "Missing. Expected: " + expected + "."
                : "Missing.");
      }
    }
  }

  private static Problem problem(Map<String, String> mistakes) {
    if (mistakes.isEmpty()) {
      return Problem.of(400, "The body is not what the contract has.");
    }
    Map.Entry<String, String> first = mistakes.entrySet().iterator().next();
    if (mistakes.size() == 1) {
      return Problem.badField(first.getKey(), first.getValue());
    }
    return Problem.badField(
        first.getKey(),
        mistakes.entrySet().stream()
            .limit(MOST)
            .map(mistake -> mistake.getKey() + ": " + mistake.getValue())
            .collect(Collectors.joining(" ")));
  }

  /** Returns such as {@code scene.zones[0].polygon} for {@code #/scene/zones/0/polygon}. */
  private static String field(String location) {
    StringBuilder field = new StringBuilder();
    String[] tokens = location.split("/");
    for (int i = 1; i < tokens.length; i++) {
      String token = tokens[i].replace("~1", "/").replace("~0", "~");
      if (token.matches("\\d{1,5}")) {
        field.append('[').append(token).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(ErrorText.shown(token));
      }
    }
    return field.toString();
  }
}
