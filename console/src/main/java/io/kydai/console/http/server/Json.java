package io.kydai.console.http.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * JSON in and out.
 *
 * <table>
 *   <caption>Limits of what is read; beyond one of them a request is answered with 400</caption>
 *   <tr><td>nesting</td><td>16</td></tr>
 *   <tr><td>length of a string</td><td>16,384 characters</td></tr>
 *   <tr><td>length of a number</td><td>40 characters</td></tr>
 *   <tr><td>length of a key</td><td>200 characters</td></tr>
 *   <tr><td>a key twice in one object, more after the value</td><td>never</td></tr>
 * </table>
 *
 * The size of the whole is bounded before it comes here.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxStringLength(16_384)
                          .maxNumberLength(40)
                          .maxNameLength(200)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Maps, collections, strings and numbers, as {@link #readObject} gives them. */
  public static ObjectNode object(Map<String, Object> value) {
    return MAPPER.valueToTree(value);
  }

  public static byte[] bytes(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(JsonNode value) {
    return value.toString();
  }

  /**
   * Reads a request's body.
   *
   * @throws Problem 400, when it is not one JSON object within the limits
   */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> readObject(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (!node.isObject()) {
        throw Problem.of(400, "The body must be a JSON object.");
      }
      return MAPPER.convertValue(node, Map.class);
    } catch (JsonProcessingException e) {
      throw Problem.of(400, "The body is not well-formed JSON" + place(e.getLocation()) + ".");
    } catch (IOException e) {
      // Bytes that are no text in the encoding that they begin with, such as UTF-32.
      throw Problem.of(400, "The body is not JSON in UTF-8.");
    }
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
