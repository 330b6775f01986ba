package io.kydai.analytics.file;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * Renders maps, collections, strings and numbers as JSON (RFC 8259), maps in their own order. Whole
 * numbers have no decimal point, others at most four decimals.
 */
final class JsonWriter {
  private JsonWriter() {}

  static String json(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator);
        string(entry.getKey().toString(), out);
        out.append(": ");
        write(entry.getValue(), out);
        separator = ", ";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof Collection<?> items) {
      String separator = "[";
      for (Object item : items) {
        out.append(separator);
        write(item, out);
        separator = ", ";
      }
      out.append(items.isEmpty() ? "[]" : "]");
    } else if (value instanceof Double number) {
      number(number, out);
    } else if (value instanceof Long || value instanceof Integer) {
      out.append(value);
    } else {
      string(value.toString(), out);
    }
  }

  private static void number(double value, StringBuilder out) {
    if (!Double.isFinite(value)) {
      out.append("null"); // JSON has no word for it
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      String text = String.format(Locale.ROOT, "%.4f", value);
      out.append(text.replaceAll("0+$", "").replaceAll("\\.$", ""));
    }
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
