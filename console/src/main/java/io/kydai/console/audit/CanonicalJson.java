package io.kydai.console.audit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in one form only, so that any program can compute the hash of an entry: the subset of RFC
 * 8785 (JSON Canonicalization Scheme) that common JSON libraries write likewise.
 *
 * <ul>
 *   <li>Keys are ASCII (other characters are written as {@code _u0111_}) and sorted; members that
 *       are null are left out; there are no blanks.
 *   <li>In strings only the quotation mark, the backslash and the characters below U+0020 are
 *       escaped: \b, \t, \n, \f, \r, or a backslash, {@code u} and four lower-case hexadecimal
 *       digits. NUL and surrogates without their pair were replaced by U+FFFD.
 *   <li>A number is an integer of at most 15 digits, or a decimal fraction between 10<sup>-4</sup>
 *       and 10<sup>15</sup>, rounded to 15 significant digits and written without an exponent and
 *       without trailing zeros. A number outside of that is written as a string.
 *   <li>The encoding is UTF-8.
 * </ul>
 */
final class CanonicalJson {
  private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);
  private static final BigDecimal LEAST = new BigDecimal("0.0001");
  private static final BigDecimal LIMIT = new BigDecimal("1e15");

  /** JSON that is already in the canonical form, and is written as it is. */
  record Written(String json) {}

  private CanonicalJson() {}

  /**
   * Returns a value as canonical JSON.
   *
   * @param value a map with text keys, a collection, a text, a number, a boolean, {@link Written}
   *     JSON or null; other values are written as the string of their {@code toString}
   */
  static String of(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    write(value, json);
    return json.toString();
  }

  private static void write(@Nullable Object value, StringBuilder json) {
    if (value == null) {
      json.append("null");
    } else if (value instanceof Map<?, ?> map) {
      object(map, json);
    } else if (value instanceof Collection<?> values) {
      array(values, json);
    } else if (value instanceof Number number) {
      number(number, json);
    } else if (value instanceof Boolean) {
      json.append(value);
    } else if (value instanceof Written written) {
      json.append(written.json());
    } else if (value instanceof Enum<?> constant) {
      string(AuditText.dashed(constant), json);
    } else {
      string(value.toString(), json);
    }
  }

  private static void object(Map<?, ?> map, StringBuilder json) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach(
        (key, value) -> {
          if (value != null) {
            sorted.put(asciiKey(key.toString()), value);
          }
        });
    json.append('{');
    sorted.forEach(
        (key, value) -> {
          if (json.charAt(json.length() - 1) != '{') {
            json.append(',');
          }
          string(key, json);
          json.append(':');
          write(value, json);
        });
    json.append('}');
  }

  /** Returns a key whose order all libraries agree on: other characters become {@code _u0111_}. */
  private static String asciiKey(String key) {
    if (key.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return key;
    }
    StringBuilder ascii = new StringBuilder();
    key.chars()
        .forEach(
            c -> {
              if (c >= ' ' && c < 0x7f) {
                ascii.append((char) c);
              } else {
                ascii.append("_u").append(HexFormat.of().toHexDigits((char) c)).append('_');
              }
            });
    return ascii.toString();
  }

  private static void array(Collection<?> values, StringBuilder json) {
    json.append('[');
    boolean first = true;
    for (Object value : values) {
      if (!first) {
        json.append(',');
      }
      first = false;
      write(value, json);
    }
    json.append(']');
  }

  private static void number(Number number, StringBuilder json) {
    BigDecimal exact;
    try {
      exact = new BigDecimal(number.toString());
    } catch (NumberFormatException notFinite) {
      string(number.toString(), json);
      return;
    }
    BigDecimal size = exact.abs();
    boolean whole = exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0;
    if (size.compareTo(LIMIT) >= 0 || (!whole && size.compareTo(LEAST) < 0)) {
      string(number.toString(), json);
      return;
    }
    BigDecimal rounded = exact.round(DIGITS);
    json.append(rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
  }

  private static void string(String given, StringBuilder json) {
    String text = AuditText.storable(given);
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> {
          if (c < ' ') {
            json.append("\\u00").append(Character.forDigit(c >> 4, 16));
            json.append(Character.forDigit(c & 15, 16));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
