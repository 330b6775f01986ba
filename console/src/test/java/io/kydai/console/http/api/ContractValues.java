package io.kydai.console.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Values that the contract's schemas allow, and such as somebody sends who means harm: always the
 * same ones for the same seed.
 */
final class ContractValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 6;

  /** Texts of which one fits each pattern of the contract. */
  private static final List<String> TEXTS =
      List.of(
          "gate",
          "01JD00000000000000000000A1",
          "2026-11",
          "20261122T080000Z",
          "7",
          "a".repeat(64),
          "0".repeat(64),
          "2026-11-22",
          "08:30",
          "user@example.org",
          "rtsp://127.0.0.1:1/a",
          "a1",
          "A1",
          "123456");

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\n",
          "' OR 1=1 --",
          "../../etc/passwd",
          "%00",
          "\u202eabc",
          "😀".repeat(200),
          "x".repeat(1_000),
          "${jndi:ldap://127.0.0.1/}",
          "<script>",
          "9".repeat(400),
          "2026-13-45T99:99:99Z",
          "+999999999-12-31T23:59:59.999999999Z",
          "-1",
          "NaN",
          "1e999",
          "null");

  private final JsonNode document;
  private final Random random;

  ContractValues(JsonNode document, long seed) {
    this.document = document;
    this.random = new Random(seed);
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  String hostile() {
    return oneOf(HOSTILE);
  }

  JsonNode resolved(JsonNode node) {
    JsonNode at = node;
    while (at.has("$ref")) {
      at = document.at(at.get("$ref").asText().substring(1));
    }
    return at;
  }

  /** Returns a value that a schema allows, as far as its keywords are known here. */
  JsonNode value(JsonNode schema) {
    return value(schema, 0);
  }

  private JsonNode value(JsonNode given, int depth) {
    JsonNode schema = resolved(given);
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.has(choice)) {
        return value(schema.get(choice).get(random.nextInt(schema.get(choice).size())), depth);
      }
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    return switch (schema.path("type").asText("object")) {
      case "string" -> JSON.textNode(text(schema));
      case "integer" -> JSON.numberNode((long) number(schema));
      case "number" -> JSON.numberNode(number(schema));
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "array" -> array(schema, depth);
      default -> object(schema, depth);
    };
  }

  private String text(JsonNode schema) {
    if (schema.path("format").asText().equals("date-time")) {
      return oneOf(List.of("2026-11-22T08:00:00Z", "2030-01-01T00:00:00Z", "1970-01-01T00:00:00Z"));
    }
    if (schema.has("pattern")) {
      Pattern pattern = Pattern.compile(schema.get("pattern").asText());
      List<String> fitting = TEXTS.stream().filter(t -> pattern.matcher(t).find()).toList();
      return fitting.isEmpty() ? oneOf(TEXTS) : oneOf(fitting);
    }
    String text = chance(0.2) ? "Cầu Trường Tiền 😀" : oneOf(TEXTS);
    return text.substring(0, Math.min(text.length(), schema.path("maxLength").asInt(60)));
  }

  private double number(JsonNode schema) {
    double least = schema.path("minimum").asDouble(0);
    double most = schema.path("maximum").asDouble(least + 100);
    return switch (random.nextInt(4)) {
      case 0 -> least;
      case 1 -> most;
      default -> Math.floor(least + random.nextDouble() * Math.min(most - least, 1_000));
    };
  }

  private ArrayNode array(JsonNode schema, int depth) {
    ArrayNode array = JSON.arrayNode();
    int least = schema.path("minItems").asInt(0);
    int size = depth > DEEPEST ? least : least + random.nextInt(3);
    for (int i = 0; i < Math.min(size, schema.path("maxItems").asInt(size)); i++) {
      array.add(value(schema.path("items"), depth + 1));
    }
    return array;
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = JSON.objectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              if (required.contains(property.getKey()) || depth < DEEPEST && chance(0.5)) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
              }
            });
    if (schema.path("additionalProperties").isObject() && chance(0.5)) {
      object.set(oneOf(TEXTS), value(schema.get("additionalProperties"), depth + 1));
    }
    return object;
  }

  /** Returns a value with one part, at any depth, replaced, removed or added. */
  JsonNode spoilt(JsonNode value) {
    JsonNode copy = value.deepCopy();
    if (copy instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      if (names.isEmpty() || chance(0.15)) {
        object.set(oneOf(List.of("no-such-key", "__proto__", "")), other());
        return object;
      }
      String name = oneOf(names);
      if (chance(0.15)) {
        object.remove(name);
      } else {
        object.set(name, chance(0.5) ? spoilt(object.get(name)) : other());
      }
      return object;
    }
    if (copy instanceof ArrayNode array && !array.isEmpty()) {
      int at = random.nextInt(array.size());
      if (chance(0.2)) {
        for (int i = 0; i < 300; i++) {
          array.add(array.get(at).deepCopy());
        }
      } else {
        array.set(at, spoilt(array.get(at)));
      }
      return array;
    }
    return other();
  }

  private JsonNode other() {
    return switch (random.nextInt(8)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.numberNode(Long.MIN_VALUE);
      case 2 -> JSON.numberNode(new java.math.BigInteger("9".repeat(40)));
      case 3 -> JSON.numberNode(-0.5);
      case 4 -> JSON.arrayNode().add(JSON.arrayNode());
      case 5 -> JSON.objectNode().put("a", 1);
      default -> JSON.textNode(hostile());
    };
  }

  /** Returns JSON as text. */
  static String written(JsonNode value) {
    try {
      return new ObjectMapper().writeValueAsString(value);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
