package io.kydai.console.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of parameters whose schema bounds a text's length or a whole number, and says no
 * more: so little is checked here as the library would, without its lock. Immutable.
 *
 * <p>Of texts those of printable ASCII are read, of numbers those of at most {@value #DIGITS}
 * digits; for others, and of another schema, the library has to be asked.
 */
final class SimpleValues {
  private static final int DIGITS = 18;
  private static final Set<String> OF_TEXTS = Set.of("type", "minLength", "maxLength");
  private static final Set<String> OF_NUMBERS = Set.of("type", "minimum", "maximum");

  private final String type;
  private final long least;
  private final long most;

  private SimpleValues(String type, long least, long most) {
    this.type = type;
    this.least = least;
    this.most = most;
  }

  static SimpleValues of(JsonNode schema) {
    String type = schema.path("type").asText();
    if (type.equals("string") && hasOnly(schema, OF_TEXTS)) {
      return new SimpleValues(
          type,
          schema.path("minLength").asLong(0),
          schema.path("maxLength").asLong(Integer.MAX_VALUE));
    }
    if (type.equals("integer")
        && hasOnly(schema, OF_NUMBERS)
        && isWhole(schema.path("minimum"))
        && isWhole(schema.path("maximum"))) {
      return new SimpleValues(
          type,
          schema.path("minimum").asLong(Long.MIN_VALUE),
          schema.path("maximum").asLong(Long.MAX_VALUE));
    }
    return new SimpleValues("", 0, 0);
  }

  private static boolean hasOnly(JsonNode schema, Set<String> known) {
    return schema.properties().stream().allMatch(one -> known.contains(one.getKey()));
  }

  private static boolean isWhole(JsonNode bound) {
    return bound.isMissingNode() || bound.canConvertToLong() && bound.isIntegralNumber();
  }

  /** Returns a valid value; null where it is none, or where only the library can say. */
  @Nullable Object read(String text) {
    return switch (type) {
      case "string" ->
          text.length() >= least && text.length() <= most && isPlain(text) ? text : null;
      case "integer" -> number(text);
      default -> null;
    };
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private @Nullable Object number(String text) {
    if (text.isEmpty() || text.length() > DIGITS || (text.length() > 1 && text.charAt(0) == '0')) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      value = value * 10 + digit;
    }
    return value >= least && value <= most ? value : null;
  }
}
