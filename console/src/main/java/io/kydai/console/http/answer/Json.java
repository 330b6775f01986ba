package io.kydai.console.http.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON of requests and answers.
 *
 * <p>An answer is a record. Its components' names become keys in lower case with dashes, constants
 * of enums likewise, times become RFC 3339 in UTC, and a component that is null is left out.
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
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addSerializer(new Constants())
                  .addSerializer(new InstantSerializer()))
          .build();

  private Json() {}

  /** Writes a constant's name as {@link ErrorText#dashed} has it. */
  private static final class Constants extends StdSerializer<Enum<?>> {
    private static final long serialVersionUID = 1;

    Constants() {
      super(Enum.class, false);
    }

    /** The names as JSON has them; as many as the program has constants in answers. */
    private static final Map<Enum<?>, SerializedString> NAMES = new ConcurrentHashMap<>();

    @Override
    public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(
          NAMES.computeIfAbsent(value, name -> new SerializedString(ErrorText.dashed(name))));
    }
  }

  /** Returns a record as a tree. */
  public static ObjectNode object(Object answer) {
    return MAPPER.valueToTree(answer);
  }

  /** Returns a record or a tree as JSON in UTF-8. */
  public static byte[] bytes(Object answer) {
    try {
      return MAPPER.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a record or a tree as JSON. */
  public static String text(Object answer) {
    try {
      return MAPPER.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what a request's body says as a record; keys are as in answers. */
  public static <T> T convert(Map<String, Object> body, Class<T> type) {
    return MAPPER.convertValue(body, type);
  }

  /** Returns a tree's string, number or boolean; null where it has none. */
  public static @Nullable Object value(JsonNode node) {
    return node.isMissingNode() ? null : MAPPER.convertValue(node, Object.class);
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
